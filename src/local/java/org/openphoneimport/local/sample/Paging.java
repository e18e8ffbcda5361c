package org.openphoneimport.local.sample;

import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
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
final class Paging {

    private static final String TOKEN = "pageToken";

    private final SampleRequest request;
    private final ApiResource resource;
    private final int size;

    Paging(SampleRequest request, ApiResource resource, int mostResults) {
        this.request = request;
        this.resource = resource;
        this.size = new Query(request, resource).maxResults(mostResults);
    }

    <T> Reply answer(Timeline<T> timeline, Predicate<? super T> condition) {
        var page = timeline.page(request.parameter(TOKEN).map(this::read).orElse(null), size, condition);
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("data", page.rows());
        // wrong on purpose: the document warns that the real one is, too
        document.put("totalItems", page.rows().size());
        document.put("nextPageToken", page.last() == null ? null : write(page.last()));
        return Reply.json(200, document);
    }

    private String write(Place place) {
        var token = List.of(place.id(), place.at() == null ? "" : place.at().toString(), question());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
    }

    private Place read(String token) {
        try {
            var parts = Json.read(Base64.getUrlDecoder().decode(token));
            if (parts.size() == 3 && parts.get(2).asText().equals(question())) {
                var at = parts.get(1).asText();
                return new Place(at.isEmpty() ? null : Instant.parse(at), parts.get(0).asText());
            }
        } catch (IllegalArgumentException | UncheckedIOException | DateTimeException e) {
            // refused below, like a token of another question
        }
        throw resource.badParameter(TOKEN, "Invalid page token", token, "string");
    }

    private String question() {
        var parameters = new TreeMap<>(request.parameters());
        parameters.remove(TOKEN);
        parameters.remove("maxResults");
        var question = request.path() + parameters;
        return Integer.toHexString(question.hashCode());
    }
}
