package org.openphoneimport.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.call.Summary;
import org.openphoneimport.call.Voicemail;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.Issue;

/** Reads a slice page by page: its messages, then its calls. */
@ApplicationScoped
class SliceReader {

    private final WholeWorkspace workspace;
    private final ConversationMatcher belonging;

    SliceReader(WholeWorkspace workspace, ConversationMatcher belonging) {
        this.workspace = workspace;
        this.belonging = belonging;
    }

    /**
     * Reads to the end. Each page is a chunk, which is stored before the next page is asked for.
     *
     * @param store is called with each chunk, and returns when a chunk that is not the last has been stored
     * @return where OpenPhone did not answer; empty when the slice has come to its end, or has been given up
     */
    Optional<Unanswered> read(Caller caller, OpenSlice slice, Consumer<Chunk> store) {
        var reading = new SliceCursor(slice.range(), slice.checkpoint());
        while (reading.checkpoint().stage() != SliceCheckpoint.Stage.DONE) {
            try {
                var chunk = readPage(caller, slice, reading);
                store.accept(chunk);
                reading.move(chunk);
            } catch (OpenPhoneException.Unavailable e) {
                return Optional.of(new Unanswered(slice, failed(slice, reading, e), e, true));
            } catch (OpenPhoneException.Rejected e) {
                if (!reading.beginAgain(e)) {
                    store.accept(failed(slice, reading, e));
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static SliceChunk failed(OpenSlice slice, SliceCursor reading, OpenPhoneException reason) {
        return SliceChunk.failed(slice, reading.checkpoint(), Issue.error(reading.checkpoint().stage().text(), "slice",
                slice.range().toString(), reason.what(), reason.request()));
    }

    private SliceChunk readPage(Caller caller, OpenSlice slice, SliceCursor reading) {
        return switch (reading.checkpoint().stage()) {
            case MESSAGES -> messages(slice, reading,
                    reading.check(workspace.messages(caller, reading.rest(), reading.token())));
            case CALLS -> calls(slice, reading, reading.check(workspace.calls(caller, reading.rest(), reading.token())));
            case DONE -> throw new IllegalStateException("There is nothing to read of " + slice.range());
        };
    }

    private SliceChunk messages(OpenSlice slice, SliceCursor reading, Page<MessageDocument> page) {
        var files = new ArrayList<Media.Found>();
        for (var message : page.items()) {
            int position = 0;
            for (var file : message.media()) {
                files.add(new Media.Found("message", message.id(), position++, file.url(), file.type()));
            }
        }
        return chunk(slice, reading, page, MessageDocument::createdAt, belonging.messages(page.items()), List.of(), List.of(),
                files,
                page.items().stream()
                        .flatMap(message -> Issue.oddities("messages", "message", message.id(), message.oddities()))
                        .toList());
    }

    private SliceChunk calls(OpenSlice slice, SliceCursor reading, Page<CallDocument> page) {
        var calls = belonging.calls(page.items());
        var odd = page.items().stream().flatMap(call -> Issue.oddities("calls", "call", call.id(), call.oddities()));
        return chunk(slice, reading, page, CallDocument::createdAt, List.of(), calls,
                page.items().stream().filter(CallDocument::bringsParts).map(SliceReader::parts).toList(), List.of(),
                Stream.concat(odd, calls.stream().filter(call -> call.conversationId() == null).map(SliceReader::alone))
                        .toList());
    }

    private static Issue alone(Call.Received call) {
        return Issue.warning("calls", "call", call.document().id(),
                "It is stored, but it belongs to no conversation: OpenPhone lists "
                        + "none of its number with these participants",
                null);
    }

    private static CallChunk parts(CallDocument call) {
        var reading = new CallAnswers(
                new OpenCall(call.id(), call.phoneNumberId(), call.createdAt(), List.of(), Generation.DATED));
        reading.addSummary(call.summary().map(document -> new Summary.Received(call.id(), document)));
        reading.addVoicemail(call.voicemail().map(document -> new Voicemail.Received(call.id(), document)));
        return reading.chunk();
    }

    private static <T> SliceChunk chunk(OpenSlice slice, SliceCursor reading, Page<T> page,
            Function<T, @Nullable Instant> time,
            List<Message.Received> messages, List<Call.Received> calls, List<CallChunk> parts, List<Media.Found> files,
            List<Issue> oddities) {
        var issues = new ArrayList<>(oddities);
        if (!page.oddities().isEmpty()) {
            issues.add(Issue.warning(reading.checkpoint().stage().text(), "slice", slice.range().toString(),
                    String.join("; ", page.oddities()), page.request()));
        }
        var times = new ArrayList<@Nullable Instant>();
        page.items().forEach(row -> times.add(time.apply(row)));
        if (!slice.unfiltered() && !times.isEmpty() && times.stream().noneMatch(slice.range()::holds)) {
            // Each slice would read everything.
            throw OpenPhoneException.implausible(page.request(),
                    "OpenPhone answers with other times than were asked for: " + page.request());
        }
        if (!times.stream().allMatch(slice.range()::holds)) {
            issues.add(Issue.warning(reading.checkpoint().stage().text(), "slice", slice.range().toString(),
                    "OpenPhone answers with rows of other times than were asked for; they are stored as well", page.request()));
        }
        var to = reading.after(page, times);
        if (!reading.isOrdered()) {
            issues.add(Issue.warning(reading.checkpoint().stage().text(), "list",
                    "order of " + reading.checkpoint().stage().text(),
                    "OpenPhone does not list them newest first, so a slice that is interrupted is read from its beginning",
                    page.request()));
        }
        return new SliceChunk(slice, reading.checkpoint(), to, page.nextToken(), messages, calls, parts, files, issues);
    }
}
