package org.openphoneimport.local.sample.document;

import org.jspecify.annotations.Nullable;

/**
 * What a caller left whose call was not taken.
 *
 * @param duration seconds; like the other nullable values null while OpenPhone processes it
 * @param id {@code VM…}
 * @param status completed or in-progress
 */
public record SampleVoicemail(@Nullable Integer duration, String id, @Nullable String transcript,
        @Nullable String recordingUrl, String status) {
}
