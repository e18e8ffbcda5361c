package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * A text message.
 *
 * @param id {@code AC…}
 * @param to E.164
 * @param from E.164
 * @param text up to 1600 characters, empty for some messages with media
 * @param direction incoming or outgoing
 * @param userId who sent it; null for incoming ones
 * @param status queued, sent, delivered, undelivered or received
 * @param updatedAt last change of the status
 * @param media attachments; null when the field is absent, as it was before August 2026
 */
public record SampleMessage(String id, List<String> to, String from, String text, @Nullable String phoneNumberId,
        String conversationId, String direction, @Nullable String userId, String status, Instant createdAt, Instant updatedAt,
        @JsonInclude(Include.NON_NULL) @Nullable List<Attachment> media) {

    /** Returns this message with another status, changed at that time. */
    public SampleMessage withStatus(String changed, Instant at) {
        return new SampleMessage(id, to, from, text, phoneNumberId, conversationId, direction, userId, changed, createdAt, at,
                media);
    }

    /** Returns the attachments, none when the field is absent. */
    public List<Attachment> attachments() {
        return media == null ? List.of() : media;
    }

    /**
     * A file that hangs on a message.
     *
     * @param type MIME type; null when OpenPhone does not know it
     */
    public record Attachment(String url, @Nullable String type) {
    }
}
