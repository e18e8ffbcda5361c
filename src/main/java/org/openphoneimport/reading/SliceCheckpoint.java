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
public record SliceCheckpoint(Stage stage, @Nullable Instant at) {

    public static final SliceCheckpoint START = new SliceCheckpoint(Stage.MESSAGES, null);
    /** Where one begins whose messages are read otherwise. */
    public static final SliceCheckpoint CALLS = new SliceCheckpoint(Stage.CALLS, null);

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

    public static SliceCheckpoint of(String stage, @Nullable Instant at) {
        return new SliceCheckpoint(Stage.valueOf(stage.toUpperCase(Locale.ROOT)), at);
    }

    SliceCheckpoint downTo(Instant time) {
        return new SliceCheckpoint(stage, time);
    }

    /** Where its stage begins. */
    SliceCheckpoint beginning() {
        return new SliceCheckpoint(stage, null);
    }

    SliceCheckpoint nextStage() {
        return new SliceCheckpoint(stage == Stage.MESSAGES ? Stage.CALLS : Stage.DONE, null);
    }
}
