package org.openphoneimport.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.call.Summary;
import org.openphoneimport.call.Voicemail;
import org.openphoneimport.media.Media;
import org.openphoneimport.media.MediaSender;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.CallDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.MessageDocument;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.Issue;

/** Reads a slice page by page, its messages, then its calls, and stores each page before it asks for the next. */
@ApplicationScoped
public class SliceReader {

    private static final int BAD_REQUEST = 400;

    private final WholeWorkspace workspace;
    private final SliceTransaction transaction;
    private final Belonging belonging;
    private final MediaSender media;

    SliceReader(WholeWorkspace workspace, SliceTransaction transaction, Belonging belonging, MediaSender media) {
        this.workspace = workspace;
        this.transaction = transaction;
        this.belonging = belonging;
        this.media = media;
    }

    /** How reading ended. */
    public sealed interface End {

        /** Everything is stored. */
        record All() implements End {
        }

        /** The slice is another worker's by now. */
        record Lost() implements End {
        }

        /** OpenPhone, or Postgres, does not take it; the issue says why. */
        record Refused(Issue issue) implements End {
        }

        /** OpenPhone did not answer, however often it was asked; the issue is for the day when that has to be said. */
        record Unanswered(Issue issue, OpenPhoneException.Unavailable reason) implements End {
        }
    }

    public End read(Claim.Slice claim, Caller caller, SliceReading reading) {
        while (reading.place().stage() != SlicePlace.Stage.DONE) {
            try {
                var step = readPage(claim, caller, reading);
                var refused = store(claim, step);
                if (refused != null) {
                    return refused;
                }
                media.send(step.files());
                reading.move(step);
            } catch (OpenPhoneException.Unavailable e) {
                return new End.Unanswered(issue(claim, reading.place(), e), e);
            } catch (OpenPhoneException.Rejected e) {
                if (e.status() != BAD_REQUEST || !reading.beginAgain()) {
                    return new End.Refused(issue(claim, reading.place(), e));
                }
            }
        }
        return new End.All();
    }

    private SliceStep readPage(Claim.Slice claim, Caller caller, SliceReading reading) {
        return switch (reading.place().stage()) {
            case MESSAGES -> messages(claim, reading,
                    reading.check(workspace.messages(caller, reading.rest(), reading.token())));
            case CALLS -> calls(claim, reading, reading.check(workspace.calls(caller, reading.rest(), reading.token())));
            case DONE -> throw new IllegalStateException("There is nothing to read of " + claim.range().toString());
        };
    }

    private SliceStep messages(Claim.Slice claim, SliceReading reading, Page<MessageDocument> page) {
        var files = new ArrayList<Media.Found>();
        for (var message : page.items()) {
            int position = 0;
            for (var file : message.media()) {
                files.add(new Media.Found("message", message.id(), position++, file.url(), file.type()));
            }
        }
        return step(claim, reading, page, MessageDocument::createdAt, belonging.messages(page.items()), List.of(), List.of(),
                files,
                page.items().stream()
                        .flatMap(message -> Issue.oddities("messages", "message", message.id(), message.oddities()))
                        .toList());
    }

    private SliceStep calls(Claim.Slice claim, SliceReading reading, Page<CallDocument> page) {
        return step(claim, reading, page, CallDocument::createdAt, List.of(), belonging.calls(page.items()),
                page.items().stream().filter(CallDocument::bringsParts).map(SliceReader::parts).toList(), List.of(),
                page.items().stream().flatMap(call -> Issue.oddities("calls", "call", call.id(), call.oddities())).toList());
    }

    private static CallStep parts(CallDocument call) {
        var reading = new CallReading(
                new OpenCall(call.id(), call.phoneNumberId(), call.createdAt(), List.of(), Generation.DATED));
        reading.addSummary(call.summary().map(document -> new Summary.Received(call.id(), document)));
        reading.addVoicemail(call.voicemail().map(document -> new Voicemail.Received(call.id(), document)));
        return reading.step();
    }

    private static <T> SliceStep step(Claim.Slice claim, SliceReading reading, Page<T> page,
            Function<T, @Nullable Instant> time,
            List<Message.Received> messages, List<Call.Received> calls, List<CallStep> parts, List<Media.Found> media,
            List<Issue> oddities) {
        var issues = new ArrayList<>(oddities);
        if (!page.oddities().isEmpty()) {
            issues.add(Issue.warning(reading.place().stage().text(), "slice", claim.range().toString(),
                    String.join("; ", page.oddities()), page.request()));
        }
        var times = new ArrayList<@Nullable Instant>();
        page.items().forEach(row -> times.add(time.apply(row)));
        if (!claim.unfiltered() && !times.isEmpty() && times.stream().noneMatch(claim.range()::holds)) {
            // Each slice would read everything.
            throw OpenPhoneException.implausible(page.request(),
                    "OpenPhone answers with other times than were asked for: " + page.request());
        }
        if (!times.stream().allMatch(claim.range()::holds)) {
            issues.add(Issue.warning(reading.place().stage().text(), "slice", claim.range().toString(),
                    "OpenPhone answers with rows of other times than were asked for; they are stored as well", page.request()));
        }
        var to = reading.after(page, times);
        if (!reading.isOrdered()) {
            issues.add(Issue.warning(reading.place().stage().text(), "list", "order of " + reading.place().stage().text(),
                    "OpenPhone does not list them newest first, so a slice that is interrupted is read from its beginning",
                    page.request()));
        }
        return new SliceStep(reading.place(), to, page.nextToken(), messages, calls, parts, media,
                issues);
    }

    /** Returns null when the step is stored. */
    private @Nullable End store(Claim.Slice claim, SliceStep step) {
        for (int tries = 1;; tries++) {
            try {
                return transaction.store(claim, step) ? null : new End.Lost();
            } catch (RuntimeException e) {
                switch (StepStore.sqlClass(e)) {
                    // A deadlock, or another transaction that Postgres let go first: all of it can be done again.
                    case "40" -> {
                        if (tries == StepStore.TRIES) {
                            throw e;
                        }
                    }
                    case "22", "23", "54" -> {
                        return new End.Refused(Issue.error(step.from().stage().text(), "slice", claim.range().toString(),
                                "Postgres did not take what was read: " + StepStore.rootMessage(e), null));
                    }
                    default -> throw e;
                }
            }
        }
    }

    private static Issue issue(Claim.Slice claim, SlicePlace place, OpenPhoneException reason) {
        return Issue.error(place.stage().text(), "slice", claim.range().toString(), reason.what(), reason.request());
    }
}
