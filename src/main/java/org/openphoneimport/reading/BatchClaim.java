package org.openphoneimport.reading;

import java.util.List;
import java.util.UUID;

/** What became of a try to take a batch. */
public sealed interface BatchClaim {

    /**
     * It is ours: its items are to be read one by one.
     *
     * @param owner names this claim; a later one has another
     * @param idle whether nothing was achieved when it was last held
     * @param items those that have not been read to their end
     * @param twins whether there are conversations beside them that end with them
     */
    record Held(UUID run, UUID batch, int number, UUID owner, boolean idle, List<? extends OpenItem> items,
            boolean twins) implements BatchClaim {

        /** What it holds, and how many: {@code 12 conversations}, {@code 1 period}. */
        public String contents() {
            int many = items.size();
            return many + " " + (many == 1 ? what().substring(0, what().length() - 1) : what());
        }

        /** What it holds, in a sentence: {@code conversations}. */
        public String what() {
            return items.stream().findFirst().map(OpenItem::kind).orElse("conversations");
        }
    }

    /**
     * There is nothing to do for this record, and that is right: done, held by another worker, or of a run that stands still.
     */
    record NotNeeded(String why) implements BatchClaim {
    }

    /** Its workers died too often; it is failed now. */
    record Poisoned(int number) implements BatchClaim {
    }

    /** There is no such batch. */
    record Unknown() implements BatchClaim {
    }
}
