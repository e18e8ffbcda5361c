package org.openphoneimport.reading;

import java.util.List;
import java.util.UUID;

import org.openphoneimport.openphone.TimeSlice;

/** What became of a try to take a batch. */
public sealed interface Claim {

    /** It is ours. */
    sealed interface Held extends Claim {

        UUID run();

        UUID batch();

        int number();

        /** Names this claim; a later one has another. */
        UUID owner();

        /** Whether nothing was achieved when it was last held. */
        boolean idle();
    }

    /**
     * Conversations, calls or contacts, to be read one by one.
     *
     * @param items those that have not been read to their end
     * @param twins whether there are conversations beside them that end with them
     */
    record Items(UUID run, UUID batch, int number, UUID owner, boolean idle, List<? extends OpenItem> items,
            boolean twins) implements Held {

        /** What it holds, in a sentence. */
        public String what() {
            return items.stream().findFirst().map(item -> switch (item) {
                case OpenCall call -> "calls";
                case OpenContact contact -> "contacts";
                case OpenConversation conversation -> "conversations";
            }).orElse("conversations");
        }
    }

    /**
     * Everything that was created in a slice of time.
     *
     * @param place where reading goes on
     * @param unfiltered whether OpenPhone is known to ignore the range
     */
    record Slice(UUID run, UUID batch, int number, UUID owner, boolean idle, TimeSlice range,
            SlicePlace place, boolean unfiltered) implements Held {
    }

    /**
     * There is nothing to do for this record, and that is right: done, held by another worker, or of a run that stands still.
     */
    record NotNeeded(String why) implements Claim {
    }

    /** Its workers died too often; it is failed now. */
    record Poisoned(int number) implements Claim {
    }

    /** There is no such batch. */
    record Unknown() implements Claim {
    }
}
