package org.openphoneimport.reading;

import java.util.Optional;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;

/** Reads an item of a batch to its end, each kind in its way. */
@ApplicationScoped
public class ItemReader {

    private final ConversationReader conversations;
    private final CallReader calls;
    private final ContactReader contacts;
    private final SliceReader slices;

    ItemReader(ConversationReader conversations, CallReader calls, ContactReader contacts, SliceReader slices) {
        this.conversations = conversations;
        this.calls = calls;
        this.contacts = contacts;
        this.slices = slices;
    }

    /**
     * Reads to the end.
     *
     * @param store is called with each chunk, and returns when a chunk that is not the last has been stored
     * @return where OpenPhone did not answer; empty when the item has come to its end
     */
    public Optional<Unanswered> read(Caller caller, OpenItem item, Consumer<Chunk> store) {
        return switch (item) {
            case OpenConversation conversation -> conversations.read(caller, conversation, store);
            case OpenCall call -> calls.read(caller, call, store);
            case OpenContact contact -> contacts.read(caller, contact, store);
            case OpenSlice slice -> slices.read(caller, slice, store);
        };
    }
}
