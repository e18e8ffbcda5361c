package org.openphoneimport.reading;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.Ledger;

/**
 * A conversation's way from one checkpoint to the next, with what was read between them. It is stored as a whole or not at
 * all, and only if the conversation still stands where it starts.
 *
 * @param to where reading goes on; null when the conversation ends here
 * @param unread whether it ends here unread: an issue says why
 * @param ends stages that end with it
 */
public record ConversationChunk(String conversation, Checkpoint from, @Nullable Checkpoint to, boolean unread,
        List<StageEnd> ends,
        List<Message.Received> messages, List<Call.Received> calls, List<Media.Found> media, List<Issue> issues)
        implements
            Chunk {

    /**
     * All pages of a stage have been read, or OpenPhone refuses to give them.
     *
     * @param refused what it said; null when they were read
     */
    record StageEnd(Checkpoint.Stage stage, @Nullable String refused) {
    }

    public static ConversationChunk failed(String conversation, Checkpoint from, Issue issue) {
        return new ConversationChunk(conversation, from, null, true, List.of(), List.of(), List.of(), List.of(),
                List.of(issue));
    }

    static ConversationChunk moved(String conversation, Checkpoint from, Checkpoint to) {
        return new ConversationChunk(conversation, from, to, false, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public boolean isLast() {
        return to == null;
    }

    @Override
    public ConversationChunk failed(String what) {
        return failed(conversation, from, Issue.error(from.stage().text(), "conversation", conversation, what, null));
    }

    /** Conversations that its rows belong to, as a rule this one. */
    Stream<String> namedConversations() {
        return Stream.concat(messages.stream().map(Message.Received::conversation),
                calls.stream().map(Call.Received::conversationId).flatMap(Stream::ofNullable));
    }

    /** As it stands in the table afterwards, if OpenPhone has refused nothing of it before. */
    String status() {
        return unread ? "failed" : isLast() ? "done" : "pending";
    }

    /** Whether OpenPhone has refused something. */
    boolean isRefused() {
        return ends.stream().anyMatch(end -> end.refused() != null);
    }

    /** For the ledger. */
    Ledger.Reading reading() {
        return new Ledger.Reading(conversation, hasRead(Checkpoint.Stage.MESSAGES), hasRead(Checkpoint.Stage.CALLS),
                refusal(Checkpoint.Stage.MESSAGES), refusal(Checkpoint.Stage.CALLS));
    }

    private boolean hasRead(Checkpoint.Stage stage) {
        return ends.contains(new StageEnd(stage, null));
    }

    private @Nullable String refusal(Checkpoint.Stage stage) {
        return ends.stream().filter(end -> end.stage() == stage).map(StageEnd::refused).filter(Objects::nonNull).findFirst()
                .orElse(null);
    }
}
