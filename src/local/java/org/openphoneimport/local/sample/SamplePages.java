package org.openphoneimport.local.sample;

import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.Timeline.Place;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * Answers one page of a list. The token says where the page before ended, and what was asked for: with another question it is
 * refused, so that a client that mixes up its tokens is noticed.
 */
final class SamplePages {

    private static final int MOST_DATED = 50;

    private final SampleRequest request;
    private final ApiResource resource;
    private final String token;
    private final int size;

    private SamplePages(SampleRequest request, ApiResource resource, String token, int size) {
        this.request = request;
        this.resource = resource;
        this.token = token;
        this.size = size;
    }

    SamplePages(SampleRequest request, ApiResource resource, int mostResults) {
        this(request, resource, "pageToken", new Query(request, resource).maxResults(mostResults));
    }

    /** Returns the dated API's way: {@code limit} of at most 50, {@code after}, {@code nextCursor}, no total. */
    static SamplePages dated(SampleRequest request, ApiResource resource) {
        return new SamplePages(request, resource, "after", new Query(request, resource).limit(MOST_DATED));
    }

    /** Returns the way of the one list of the dated API that has other sizes: up to 100 tasks, 50 unless told. */
    static SamplePages datedTasks(SampleRequest request) {
        return new SamplePages(request, ApiResource.TASKS, "after",
                request.parameter("limit").isEmpty() ? MOST_DATED
                        : new Query(request, ApiResource.TASKS).limit(2 * MOST_DATED));
    }

    <T> Reply answer(Timeline<T> timeline, Predicate<? super T> condition) {
        return answer(timeline, condition, row -> row);
    }

    /** Answers with documents as v1 has them. */
    <T> Reply answer(Timeline<T> timeline, Predicate<? super T> condition, Function<T, ?> asV1) {
        return answer(timeline, condition, asV1, true);
    }

    /** The same, where the last page has no token at all. */
    <T> Reply answerWithoutLastToken(Timeline<T> timeline, Predicate<? super T> condition, Function<T, ?> asV1) {
        return answer(timeline, condition, asV1, false);
    }

    private <T> Reply answer(Timeline<T> timeline, Predicate<? super T> condition, Function<T, ?> asV1, boolean lastToken) {
        var page = timeline.page(place(), size, condition);
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("data", page.rows().stream().map(asV1).toList());
        // wrong on purpose: the document warns that the real one is, too
        document.put("totalItems", page.rows().size());
        var last = page.last();
        if (last != null || lastToken) {
            document.put("nextPageToken", last == null ? null : write(last));
        }
        return Reply.json(200, document);
    }

    /** Answers with documents as the dated API has them. */
    <T> Reply answer(Timeline<T> timeline, Timeline.Order order, Predicate<? super T> condition,
            Function<T, ?> asDated) {
        var page = timeline.page(place(), size, order, condition);
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("data", page.rows().stream().map(asDated).toList());
        document.put("nextCursor", page.last() == null ? null : write(page.last()));
        return Reply.json(200, document);
    }

    private @Nullable Place place() {
        return request.parameter(token).map(this::read).orElse(null);
    }

    private String write(Place place) {
        var parts = List.of(place.id(), place.at() == null ? "" : place.at().toString(), question());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(parts));
    }

    private Place read(String written) {
        try {
            var parts = Json.read(Base64.getUrlDecoder().decode(written));
            if (parts.size() == 3 && parts.get(2).asText().equals(question())) {
                var at = parts.get(1).asText();
                return new Place(at.isEmpty() ? null : Instant.parse(at), parts.get(0).asText());
            }
        } catch (IllegalArgumentException | UncheckedIOException | DateTimeException e) {
            // refused below, like a token of another question
        }
        throw resource.badParameter(token, "Invalid page token", written, "string");
    }

    private String question() {
        var parameters = new TreeMap<>(request.parameters());
        parameters.remove(token);
        parameters.remove("maxResults");
        parameters.remove("limit");
        var question = request.path() + parameters;
        return Integer.toHexString(question.hashCode());
    }
}
