package org.openphoneimport.reading;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How far a slice has been read. It is a time and no cursor, since those of OpenPhone do not live for ever.
 *
 * @param stage what is being read
 * @param at the time down to which everything is stored, newest first; null at the beginning of the stage
 */
public record SlicePlace(Stage stage, @Nullable Instant at) {

    public static final SlicePlace START = new SlicePlace(Stage.MESSAGES, null);

    /** What is read, in this order. */
    enum Stage {
        MESSAGES,
        CALLS,
        /** Nothing more. */
        DONE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static SlicePlace of(String stage, @Nullable Instant at) {
        return new SlicePlace(Stage.valueOf(stage.toUpperCase(Locale.ROOT)), at);
    }

    SlicePlace downTo(Instant time) {
        return new SlicePlace(stage, time);
    }

    /** Where its stage begins. */
    SlicePlace beginning() {
        return new SlicePlace(stage, null);
    }

    SlicePlace nextStage() {
        return new SlicePlace(stage == Stage.MESSAGES ? Stage.CALLS : Stage.DONE, null);
    }
}
