package org.openphoneimport.reading;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How far a conversation has been read.
 *
 * @param stage what is being read
 * @param pageToken of the page that comes next, or null for the first
 */
public record Checkpoint(Stage stage, @Nullable String pageToken) {

    /** What is read, in this order. */
    public enum Stage {
        MESSAGES,
        CALLS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Checkpoint of(String stage, @Nullable String pageToken) {
        return new Checkpoint(Stage.valueOf(stage.toUpperCase(Locale.ROOT)), pageToken);
    }

    Checkpoint page(@Nullable String token) {
        return new Checkpoint(stage, token);
    }
}
