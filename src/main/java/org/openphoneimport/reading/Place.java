package org.openphoneimport.reading;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How far a conversation has been read.
 *
 * @param stage what is being read
 * @param pageToken of the page that comes next, or null for the first
 */
public record Place(Stage stage, @Nullable String pageToken) {

    /** What is read, in this order. */
    public enum Stage {
        MESSAGES,
        CALLS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Place of(String stage, @Nullable String pageToken) {
        return new Place(Stage.valueOf(stage.toUpperCase(Locale.ROOT)), pageToken);
    }

    Place page(@Nullable String token) {
        return new Place(stage, token);
    }
}
