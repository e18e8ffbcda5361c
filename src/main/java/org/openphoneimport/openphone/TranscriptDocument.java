package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What was said in a call.
 *
 * @param duration seconds
 * @param dialogue {@code [{content, start, end, identifier, userId}]}, start and end in seconds from the call's beginning;
 *        null until it is completed
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record TranscriptDocument(@Nullable String status, @Nullable Double duration, @Nullable JsonNode dialogue,
        @Nullable Instant createdAt, List<String> oddities, JsonNode payload) {

    static TranscriptDocument read(Fields fields) {
        return new TranscriptDocument(fields.text("status"), fields.decimal("duration"), fields.array("dialogue"),
                fields.instant("createdAt"), fields.oddities(), fields.payload());
    }

    /** Whether it will follow. */
    public boolean isUnderWay() {
        return "in-progress".equals(status);
    }

    /** Whether OpenPhone says that there is none. */
    public boolean isAbsent() {
        return "absent".equals(status);
    }
}
