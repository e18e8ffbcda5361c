package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was said in a call.
 *
 * @param duration seconds
 * @param status absent, in-progress, completed or failed
 * @param dialogue null unless completed
 */
public record SampleTranscript(String callId, Instant createdAt, @Nullable List<Line> dialogue, double duration,
        String status) {

    /**
     * One utterance.
     *
     * @param start seconds from the beginning of the call
     * @param end seconds from the beginning of the call
     * @param identifier the speaker's number
     */
    public record Line(String content, double start, double end, @Nullable String identifier, @Nullable String userId) {
    }
}
