package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.document.Fields;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.document.RecordingDocument;
import org.openphoneimport.document.TranscriptDocument;
import org.openphoneimport.document.TranscriptSegments;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What only the API of 2026-03-30 can be asked for: conversations, messages and calls of the whole workspace, by the time they
 * were created. As in {@link OpenPhone} each method is one request, and throws the same exceptions.
 */
@ApplicationScoped
public class WholeWorkspace {

    /** The largest page. */
    public static final int PAGE_SIZE = 50;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final TimeSlice BEFORE_OPENPHONE = new TimeSlice(Instant.parse("2001-01-01T00:00:00Z"),
            Instant.parse("2001-01-02T00:00:00Z"));
    private static final TimeSlice EVERYTHING = new TimeSlice(null, null);

    private final Requests requests;

    WholeWorkspace(Requests requests) {
        this.requests = requests;
    }

    /** Which conversation comes first, by the time it was created. */
    public enum Order {
        /** The oldest. */
        OLDEST_FIRST("createdAt:asc"),
        /** The newest. */
        NEWEST_FIRST("createdAt:desc");

        private final String sort;

        Order(String sort) {
            this.sort = sort;
        }

        /** An order that were only believed in would leave out what stands elsewhere. */
        private boolean isThatOf(List<ConversationDocument> conversations) {
            var times = conversations.stream().map(ConversationDocument::createdAt).flatMap(Stream::ofNullable).toList();
            return IntStream.range(1, times.size()).allMatch(i -> this == OLDEST_FIRST
                    ? !times.get(i).isBefore(times.get(i - 1))
                    : !times.get(i).isAfter(times.get(i - 1)));
        }
    }

    /**
     * Tries everything that an import would ask for, a row each.
     *
     * @return why an import had better not rely on it, in a sentence; empty when nothing speaks against it
     */
    public Optional<String> obstacle(Caller caller) {
        try {
            requests.send(caller, Request.dated("organization"));
            conversations(caller, EVERYTHING, Order.OLDEST_FIRST, 1, null);
            var messages = messages(caller, EVERYTHING, 1, null);
            if (messages.items().stream().anyMatch(row -> row.conversationId() == null || row.createdAt() == null)) {
                return Optional.of("Its messages name no conversation or no time");
            }
            var calls = calls(caller, EVERYTHING, 1, null);
            if (calls.items().stream().anyMatch(row -> row.createdAt() == null)) {
                return Optional.of("Its calls name no time");
            }
            return Optional.empty();
        } catch (OpenPhoneException.Rejected | OpenPhoneException.KeyRefused e) {
            return Optional.of(e.what());
        }
    }

    /** Whether it lists calls, as it may where it refuses other lists. */
    public boolean listsCalls(Caller caller) {
        try {
            return calls(caller, EVERYTHING, 1, null).items().stream().allMatch(row -> row.createdAt() != null);
        } catch (OpenPhoneException.Rejected e) {
            return false;
        } catch (OpenPhoneException.Unavailable e) {
            if (e.isBetween()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether messages and calls can be asked for by time. A list that ignores a parameter brings everything, without an error:
     * nothing was created in the slice that is asked for.
     */
    public boolean filtersByTime(Caller caller) {
        return messages(caller, BEFORE_OPENPHONE, 1, null).items().stream()
                .allMatch(message -> BEFORE_OPENPHONE.holds(message.createdAt()))
                && calls(caller, BEFORE_OPENPHONE, 1, null).items().stream()
                        .allMatch(call -> BEFORE_OPENPHONE.holds(call.createdAt()));
    }

    /** A page of conversations. Those without a time of creation stand on the first or the last pages of everything. */
    public Page<ConversationDocument> conversations(Caller caller, TimeSlice created, Order order, @Nullable String token) {
        return conversations(caller, created, order, PAGE_SIZE, token);
    }

    /** A page of the conversations that were updated at a time or after. */
    public Page<ConversationDocument> conversationsUpdatedSince(Caller caller, Instant since, @Nullable String token) {
        var request = Request.dated("conversations").with("updatedAt[gte]", since).with("sort", "updatedAt:asc")
                .page(PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), ConversationDocument::read);
    }

    /** A page of messages, newest first. */
    public Page<MessageDocument> messages(Caller caller, TimeSlice created, @Nullable String token) {
        return messages(caller, created, PAGE_SIZE, token);
    }

    /** A page of calls, newest first, those of groups included. */
    public Page<CallDocument> calls(Caller caller, TimeSlice created, @Nullable String token) {
        return calls(caller, created, PAGE_SIZE, token);
    }

    /** One message; empty when it is not there. */
    public Optional<MessageDocument> message(Caller caller, String id) {
        var request = Request.dated("messages", id, null);
        return found(caller, request).map(answer -> MessageDocument.read(OpenPhone.data(request, answer)));
    }

    /** One call, with what was left and summed up; empty when it is not there. */
    public Optional<CallDocument> call(Caller caller, String callId) {
        var request = Request.dated("calls", callId, null).with("include", "summary,voicemail");
        return found(caller, request)
                .map(answer -> CallDocument.readDated(OpenPhone.asked("id", callId, request, OpenPhone.data(request, answer))));
    }

    /** A call's recordings, oldest segment first; none when there are none. */
    public List<RecordingDocument> recordings(Caller caller, String callId) {
        return all(caller, Request.dated("calls", callId, "recordings"), RecordingDocument::read);
    }

    /**
     * A call's transcript, put together from those of its segments; empty when there is none.
     *
     * @param begun when the call was created, from which times count; null when it is not known
     */
    public Optional<TranscriptDocument> transcript(Caller caller, String callId, @Nullable Instant begun) {
        var segments = all(caller, Request.dated("calls", callId, "transcripts"), Fields::document);
        return TranscriptSegments.merge(segments, begun).filter(transcript -> !transcript.isAbsent());
    }

    /** What stands on all pages; none when the call is not there. */
    private <T> List<T> all(Caller caller, Request list, Function<Fields, T> document) {
        return Paging.all(token -> {
            var request = list.page(PAGE_SIZE, token);
            return found(caller, request).map(answer -> Page.read(request, answer, document))
                    .orElseGet(() -> new Page<>(List.of(), null, 0, request.toString(), null));
        });
    }

    private Optional<JsonNode> found(Caller caller, Request request) {
        try {
            return Optional.of(requests.send(caller, request));
        } catch (OpenPhoneException.Rejected e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Page<ConversationDocument> conversations(Caller caller, TimeSlice created, Order order, int size,
            @Nullable String token) {
        // A bound would leave out those that have no time of creation.
        var request = (created.equals(EVERYTHING) ? Request.dated("conversations")
                : Request.dated("conversations").within("gte", "lte", created)).with("sort", order.sort).page(size, token);
        var page = Page.read(request, requests.send(caller, request), ConversationDocument::read);
        if (!order.isThatOf(page.items())) {
            throw new OpenPhoneException.Rejected(request, OK, "OpenPhone does not sort as asked: " + request);
        }
        return page;
    }

    private Page<MessageDocument> messages(Caller caller, TimeSlice created, int size, @Nullable String token) {
        var request = Request.dated("messages").within("gt", "lt", created).page(size, token);
        return Page.read(request, requests.send(caller, request), MessageDocument::read);
    }

    private Page<CallDocument> calls(Caller caller, TimeSlice created, int size, @Nullable String token) {
        var request = Request.dated("calls").within("gte", "lte", created).with("include", "summary,voicemail")
                .page(size, token);
        return Page.read(request, requests.send(caller, request), CallDocument::readDated);
    }
}
