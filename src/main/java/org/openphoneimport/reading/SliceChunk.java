package org.openphoneimport.reading;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.run.Issue;

/**
 * A page of a slice, and the way from one checkpoint to the next: stored as a whole or not at all, and only if the slice still
 * stands where it starts.
 *
 * @param to where reading goes on; null when the slice is given up here: an issue says why
 * @param nextToken of the page that comes next; null when the stage ends here
 * @param parts what the list says of summaries and voicemails
 * @param files of messages
 */
record SliceChunk(OpenSlice slice, SliceCheckpoint from, @Nullable SliceCheckpoint to, @Nullable String nextToken,
        List<Message.Received> messages, List<Call.Received> calls, List<CallChunk> parts, List<Media.Found> files,
        List<Issue> issues) implements Chunk {

    static SliceChunk failed(OpenSlice slice, SliceCheckpoint from, Issue issue) {
        return new SliceChunk(slice, from, null, null, List.of(), List.of(), List.of(), List.of(), List.of(issue));
    }

    @Override
    public boolean isLast() {
        return to == null || to.stage() == SliceCheckpoint.Stage.DONE;
    }

    @Override
    public SliceChunk failed(String what) {
        return failed(slice, from, Issue.error(from.stage().text(), "slice", slice.range().toString(), what, null));
    }

    /** The conversations that rows belong to, as far as that is known. */
    List<String> conversations() {
        return Stream
                .concat(messages.stream().map(Message.Received::conversation),
                        calls.stream().map(Call.Received::conversationId))
                .flatMap(Stream::ofNullable).distinct().sorted().toList();
    }

    /** Files that were found, those of voicemails among them. */
    @Override
    public List<Media.Found> media() {
        return Stream.concat(files.stream(), parts.stream().flatMap(part -> part.media().stream())).toList();
    }

    /** What the messages show of their conversations, for those that no listing shows. */
    List<Conversation.Unlisted> shown() {
        return messages.stream().map(message -> {
            var document = message.document();
            var others = "incoming".equals(document.direction()) && document.from() != null ? List.of(document.from())
                    : document.to();
            return new Conversation.Unlisted(message.conversation(), document.phoneNumberId(), others);
        }).toList();
    }
}
