package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as OpenPhone lists it.
 *
 * @param id {@code AC...}
 * @param conversationId {@code CN...}; missing before June 2026
 * @param from "can be a variety of formats": E.164, a short code, a name
 * @param userId null on incoming messages
 * @param updatedAt the last change of the status
 * @param media files, in order; the field is there since August 2026
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record MessageDocument(String id, @Nullable String conversationId, @Nullable String phoneNumberId,
        @Nullable String userId, @Nullable String direction, @Nullable String status, @Nullable String from, List<String> to,
        @Nullable String text, @Nullable Instant createdAt, @Nullable Instant updatedAt, List<Media> media,
        List<String> oddities, JsonNode payload) implements Document {

    private static final Set<String> DIRECTIONS = Set.of("incoming", "outgoing");
    // failed is named by the dated API only.
    private static final Set<String> STATUSES = Set.of("queued", "sent", "delivered", "undelivered", "received", "failed");

    /**
     * A file.
     *
     * @param url where it can be had without the key
     * @param type MIME
     */
    public record Media(String url, @Nullable String type) {
    }

    static MessageDocument read(Fields fields) {
        return new MessageDocument(fields.id(), fields.text("conversationId"), fields.text("phoneNumberId"),
                fields.text("userId"), fields.oneOf("direction", DIRECTIONS), fields.oneOf("status", STATUSES),
                fields.text("from"), fields.texts("to"), fields.text("text"), fields.requiredInstant("createdAt"),
                fields.instant("updatedAt"), media(fields), fields.oddities(), fields.payload());
    }

    private static List<Media> media(Fields fields) {
        return fields.documents("media").stream()
                .map(Fields::new)
                .filter(file -> file.text("url") != null)
                .map(file -> new Media(String.valueOf(file.text("url")), file.text("type")))
                .toList();
    }
}
