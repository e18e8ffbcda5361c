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
 * A page of a slice, and the way from one place to the next: stored as a whole or not at all, and only if the slice still
 * stands where it starts.
 *
 * @param parts what the list says of summaries and voicemails
 * @param media files of messages
 * @param nextToken of the page that comes next; null when the stage ends here
 */
record SliceStep(SlicePlace from, SlicePlace to, @Nullable String nextToken, List<Message.Received> messages,
        List<Call.Received> calls, List<CallStep> parts, List<Media.Found> media, List<Issue> issues) {

    /** The conversations that rows belong to, as far as that is known. */
    List<String> conversations() {
        return Stream
                .concat(messages.stream().map(Message.Received::conversation),
                        calls.stream().map(Call.Received::conversationId))
                .flatMap(Stream::ofNullable).distinct().sorted().toList();
    }

    /** Files that were found, those of voicemails among them. */
    List<Media.Found> files() {
        return Stream.concat(media.stream(), parts.stream().flatMap(part -> part.media().stream())).toList();
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
