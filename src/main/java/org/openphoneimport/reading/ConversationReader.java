package org.openphoneimport.reading;

import java.util.Optional;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.Issue;

/** Reads a conversation page by page: its messages, then its calls. */
@ApplicationScoped
class ConversationReader {

    private final OpenPhone openPhone;
    private final ConversationMatcher belonging;

    ConversationReader(OpenPhone openPhone, ConversationMatcher belonging) {
        this.openPhone = openPhone;
        this.belonging = belonging;
    }

    /**
     * Reads to the end. A small conversation is one chunk; a long one is a chunk a page, each stored before the next is read.
     * What has been read is stored also when the next page cannot be had.
     *
     * @param store is called with each chunk, and returns when a chunk that is not the last has been stored
     * @return where OpenPhone did not answer; empty when the conversation has come to its end, also where OpenPhone refuses
     *         something of it: its calls are asked for even if its messages are refused
     */
    Optional<Unanswered> read(Caller caller, OpenConversation conversation, Consumer<Chunk> store) {
        var reading = new ConversationCursor(openPhone, belonging, caller, conversation, conversation.checkpoint());
        while (true) {
            try {
                var next = reading.readPage();
                if (next == null) {
                    store.accept(reading.chunk(null));
                    return Optional.empty();
                }
                if (next.pageToken() != null) {
                    store.accept(reading.chunk(next));
                    reading.begin(next);
                }
            } catch (OpenPhoneException.Unavailable e) {
                storeSoFar(reading, store);
                return Optional.of(new Unanswered(conversation, failed(conversation, reading, e), e, true));
            } catch (OpenPhoneException.Rejected e) {
                if (reading.beginsAgain(e)) {
                    storeSoFar(reading, store);
                    var start = reading.checkpoint().page(null);
                    store.accept(ConversationChunk.moved(conversation.id(), reading.checkpoint(), start));
                    reading.begin(start);
                } else if (e.isRefusal() && reading.checkpoint().pageToken() == null) {
                    if (reading.refuse(e) == null) {
                        store.accept(reading.chunk(null));
                        return Optional.empty();
                    }
                } else {
                    // Not the conversation is refused: there is no way to the rest of it now.
                    storeSoFar(reading, store);
                    store.accept(failed(conversation, reading, e));
                    return Optional.empty();
                }
            }
        }
    }

    private static ConversationChunk failed(OpenConversation conversation, ConversationCursor reading,
            OpenPhoneException reason) {
        return ConversationChunk.failed(conversation.id(), reading.checkpoint(),
                Issue.error(reading.checkpoint().stage().text(),
                        "conversation", conversation.id(), reason.what(), reason.request()));
    }

    private static void storeSoFar(ConversationCursor reading, Consumer<Chunk> store) {
        if (reading.hasMoved() || reading.hasRows()) {
            store.accept(reading.chunk(reading.checkpoint()));
            reading.begin(reading.checkpoint());
        }
    }
}
