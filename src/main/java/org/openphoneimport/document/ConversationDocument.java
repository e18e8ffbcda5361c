package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A conversation as OpenPhone lists it.
 *
 * @param id {@code CN...}
 * @param phoneNumberId the workspace's own number, {@code PN...}; may have been deleted since
 * @param participants the other parties, E.164; may be empty
 * @param lastActivityId a message or a call, {@code AC...}
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record ConversationDocument(String id, @Nullable String phoneNumberId, List<String> participants, @Nullable String name,
        @Nullable String assignedTo, @Nullable Instant lastActivityAt, @Nullable String lastActivityId,
        @Nullable Instant mutedUntil, @Nullable Instant snoozedUntil, @Nullable Instant createdAt, @Nullable Instant updatedAt,
        @Nullable Instant deletedAt, List<String> oddities, JsonNode payload) implements Document {

    /** The document that was kept as it was received. */
    public static ConversationDocument of(JsonNode payload) {
        return read(new Fields(payload));
    }

    public static ConversationDocument read(Fields fields) {
        return new ConversationDocument(fields.id(), fields.text("phoneNumberId"), fields.texts("participants"),
                fields.text("name"), fields.text("assignedTo"), fields.instant("lastActivityAt"), fields.text("lastActivityId"),
                fields.instant("mutedUntil"), fields.instant("snoozedUntil"), fields.instant("createdAt"),
                fields.instant("updatedAt"), fields.instant("deletedAt"), fields.oddities(), fields.payload());
    }
}
