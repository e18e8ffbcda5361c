package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One segment of a call's recording.
 *
 * @param duration seconds
 * @param url where it can be had without the key; null until it is completed
 * @param type MIME, such as {@code audio/mpeg}
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record RecordingDocument(String id, @Nullable String status, @Nullable Instant startTime, @Nullable Integer duration,
        @Nullable String url, @Nullable String type, List<String> oddities, JsonNode payload) implements Document {

    private static final Set<String> FINAL = Set.of("absent", "deleted", "failed");

    public static RecordingDocument read(Fields fields) {
        return new RecordingDocument(fields.id(), fields.text("status"), fields.instant("startTime"),
                fields.integer("duration"), fields.text("url"), fields.text("type"), fields.oddities(), fields.payload());
    }

    /** Whether there is no file yet, and OpenPhone does not say that there will be none. */
    public boolean isUnderWay() {
        return (url == null || url.isBlank()) && (status == null || !FINAL.contains(status));
    }
}
