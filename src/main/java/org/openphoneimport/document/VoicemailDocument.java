package org.openphoneimport.document;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a caller left whose call was not taken. All of it is null while OpenPhone works on it.
 *
 * @param id {@code VM...}
 * @param duration seconds
 * @param transcript what was said
 * @param recordingUrl where the file can be had without the key
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record VoicemailDocument(String id, @Nullable String status, @Nullable Integer duration, @Nullable String transcript,
        @Nullable String recordingUrl, List<String> oddities, JsonNode payload) implements Document {

    public static VoicemailDocument read(Fields fields, String callId) {
        return new VoicemailDocument(fields.id("voicemail-of-" + callId), fields.text("status"), fields.integer("duration"),
                fields.text("transcript"), fields.text("recordingUrl"), fields.oddities(), fields.payload());
    }

    /** Whether more of it will follow: one without a file has not been finished, whatever its status is. */
    public boolean isUnderWay() {
        return "in-progress".equals(status) || recordingUrl == null || recordingUrl.isBlank();
    }

    /** Whether OpenPhone says that there is none. */
    public boolean isAbsent() {
        return "absent".equals(status);
    }
}
