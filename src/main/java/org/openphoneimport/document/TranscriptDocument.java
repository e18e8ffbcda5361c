package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What was said in a call.
 *
 * @param duration seconds
 * @param dialogue {@code [{content, start, end, identifier, userId}]}, start and end in seconds from the call's beginning;
 *        null until it is completed
 * @param segments {@code [{recordingId, startTime, start, duration}]}, start in seconds from the call's beginning; null for v1,
 *        which
 *        knows none
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record TranscriptDocument(@Nullable String status, @Nullable Double duration, @Nullable JsonNode dialogue,
        @Nullable Instant createdAt, @Nullable JsonNode segments, List<String> oddities, JsonNode payload) {

    private static final Set<String> FINAL = Set.of("absent", "completed", "failed");

    public static TranscriptDocument read(Fields fields) {
        return new TranscriptDocument(fields.text("status"), fields.decimal("duration"), fields.array("dialogue"),
                fields.instant("createdAt"), null, fields.oddities(), fields.payload());
    }

    /** Whether it will follow: what is empty has not been finished unless OpenPhone says so. */
    public boolean isUnderWay() {
        return "in-progress".equals(status)
                || (!FINAL.contains(String.valueOf(status)) && (dialogue == null || dialogue.isEmpty()));
    }

    /** Whether OpenPhone says that there is none. */
    public boolean isAbsent() {
        return "absent".equals(status);
    }
}
