package org.openphoneimport.local.sample.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One segment of a call's recording.
 *
 * @param duration seconds
 * @param status absent, completed, processing and others
 * @param type MIME type
 * @param url null until completed
 */
public record SampleRecording(@Nullable Integer duration, String id, @Nullable Instant startTime, @Nullable String status,
        @Nullable String type, @Nullable String url) {
}
