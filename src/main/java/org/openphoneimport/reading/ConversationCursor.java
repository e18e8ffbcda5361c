package org.openphoneimport.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.reading.ConversationChunk.StageEnd;
import org.openphoneimport.run.Issue;

/** A conversation while it is being read: where reading stands, and what was read since the last chunk. */
final class ConversationCursor {

    private final OpenPhone openPhone;
    private final ConversationMatcher belonging;
    private final Caller caller;
    private final OpenConversation conversation;
    private final AskedThread asked;
    private List<Message.Received> messages = new ArrayList<>();
    private List<Call.Received> calls = new ArrayList<>();
    private List<Media.Found> media = new ArrayList<>();
    private List<Issue> issues = new ArrayList<>();
    private List<StageEnd> ends = new ArrayList<>();
    private Paging paging = new Paging();
    private Checkpoint from;
    private Checkpoint checkpoint;

    ConversationCursor(OpenPhone openPhone, ConversationMatcher belonging, Caller caller, OpenConversation conversation,
            Checkpoint from) {
        this.openPhone = openPhone;
        this.belonging = belonging;
        this.asked = new AskedThread(conversation.thread());
        this.caller = caller;
        this.conversation = conversation;
        this.from = from;
        this.checkpoint = from;
    }

    /** Begins the next chunk, where the last one ended. */
    void begin(Checkpoint at) {
        messages = new ArrayList<>();
        calls = new ArrayList<>();
        media = new ArrayList<>();
        issues = new ArrayList<>();
        ends = new ArrayList<>();
        from = at;
        checkpoint = at;
    }

    /** Reads the page that comes next, and moves on; returns the checkpoint then, or null at the end. */
    @Nullable
    Checkpoint readPage() {
        var next = switch (checkpoint.stage()) {
            case MESSAGES -> readMessages();
            case CALLS -> readCalls();
        };
        if (next != null) {
            checkpoint = next;
        }
        return next;
    }

    /**
     * OpenPhone gives nothing more of the stage: the next one is read all the same. Returns the checkpoint then, or null at the
     * end.
     */
    @Nullable
    Checkpoint refuse(OpenPhoneException.Rejected reason) {
        issues.add(Issue.error(checkpoint.stage().text(), "conversation", conversation.id(), reason.what(), reason.request()));
        var next = endStage(reason.what());
        if (next != null) {
            checkpoint = next;
        }
        return next;
    }

    private @Nullable Checkpoint endStage(@Nullable String refused) {
        ends.add(new StageEnd(checkpoint.stage(), refused));
        paging = new Paging();
        return checkpoint.stage() == Checkpoint.Stage.MESSAGES && conversation.thread().isOneToOne()
                ? new Checkpoint(Checkpoint.Stage.CALLS, null)
                : null;
    }

    /** See {@link Paging#beginsAgain}. */
    boolean beginsAgain(OpenPhoneException.Rejected refused) {
        return paging.beginsAgain(refused, checkpoint.pageToken(), checkpoint.stage());
    }

    /** Where reading stands. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Whether something has been read since the last chunk. */
    boolean hasMoved() {
        return !checkpoint.equals(from);
    }

    ConversationChunk chunk(@Nullable Checkpoint to) {
        return new ConversationChunk(conversation.id(), from, to, false, ends, messages, calls, media, issues);
    }

    private @Nullable Checkpoint readMessages() {
        var page = paging.check(openPhone.messages(caller, conversation.thread(), checkpoint.pageToken()));
        var strangers = page.items().stream().filter(message -> !asked.holds(message)).toList();
        page.items().stream().filter(asked::holds)
                .forEach(message -> add(new Message.Received(conversation.id(), message)));
        if (!strangers.isEmpty()) {
            belonging.messages(strangers).forEach(this::add);
        }
        noteOddities(page);
        noteOtherTimes(page, MessageDocument::createdAt);
        noteStrangers(page, strangers);
        noteMember(page);
        return page.nextToken() != null ? checkpoint.page(page.nextToken()) : endStage(partly(page));
    }

    private @Nullable Checkpoint readCalls() {
        var page = paging.check(openPhone.calls(caller, conversation.thread(), checkpoint.pageToken()));
        var strangers = page.items().stream().filter(call -> !asked.holds(call)).toList();
        page.items().stream().filter(asked::holds).forEach(call -> add(new Call.Received(conversation.id(), call)));
        if (!strangers.isEmpty()) {
            belonging.calls(strangers).forEach(this::add);
        }
        noteOddities(page);
        noteOtherTimes(page, CallDocument::createdAt);
        noteStrangers(page, strangers);
        return page.nextToken() != null ? checkpoint.page(page.nextToken()) : endStage(null);
    }

    private void add(Message.Received received) {
        var message = received.document();
        messages.add(received);
        int position = 0;
        for (var file : message.media()) {
            media.add(new Media.Found("message", message.id(), position++, file.url(), file.type()));
        }
        noteOddities("message", message.id(), message.oddities());
    }

    private void add(Call.Received received) {
        var call = received.document();
        calls.add(received);
        noteOddities("call", call.id(), call.oddities());
    }

    private void noteOddities(String subject, String id, List<String> oddities) {
        if (!oddities.isEmpty()) {
            issues.add(Issue.warning(checkpoint.stage().text(), subject, id, String.join("; ", oddities), null));
        }
    }

    private void noteOddities(Page<?> page) {
        if (!page.oddities().isEmpty()) {
            issues.add(Issue.warning(checkpoint.stage().text(), "conversation", conversation.id(),
                    String.join("; ", page.oddities()), page.request()));
        }
    }

    /** What was asked for as a member may be a part of what there is: that does not count as read. */
    private static @Nullable String partly(Page<?> page) {
        return page.askedAs() == null ? null
                : "OpenPhone refuses its messages to the key's owner, and shows user " + page.askedAs()
                        + " a part of them at best";
    }

    /** Once for a run: a list that ignores times ignores them for all conversations. */
    private <T> void noteOtherTimes(Page<T> page, Function<T, @Nullable Instant> createdAt) {
        var asked = new TimeSlice(conversation.thread().after(), conversation.thread().before());
        if (!page.items().stream().map(createdAt).allMatch(asked::holds)) {
            issues.add(Issue.warning(checkpoint.stage().text(), "list", checkpoint.stage().text(),
                    "OpenPhone ignores the times that it is asked for, so conversations are read whole, and what is outside of the "
                            + "run's time range is stored as well",
                    page.request()));
        }
    }

    /**
     * Once for a run: what is of another conversation is stored with that one. Where all of a page is, the filter is ignored,
     * and reading on would bring the whole workspace for each conversation.
     */
    private <T> void noteStrangers(Page<T> page, List<T> strangers) {
        if (!strangers.isEmpty()) {
            issues.add(Issue.warning(checkpoint.stage().text(), "list", "other " + checkpoint.stage().text(),
                    "OpenPhone answers with rows of other conversations than it was asked for; they are stored with those that "
                            + "they belong to",
                    page.request()));
        }
        if (!strangers.isEmpty() && strangers.size() == page.items().size()) {
            throw OpenPhoneException.implausible(page.request(),
                    "OpenPhone answers with other conversations than it was asked for: " + page.request());
        }
    }

    /** Whether there is something that has not been stored. */
    boolean hasRows() {
        return !messages.isEmpty() || !calls.isEmpty();
    }

    /** Once for a number: all its conversations are alike. */
    private void noteMember(Page<?> page) {
        if (page.askedAs() != null) {
            issues.add(Issue.warning(checkpoint.stage().text(), "phone number", conversation.thread().phoneNumberId(),
                    "OpenPhone refuses its messages to the key's owner. Asked for user " + page.askedAs() + ", it may show only"
                            + " what that user sent. Let the owner use the number in OpenPhone, and import again",
                    page.request()));
        }
    }
}
