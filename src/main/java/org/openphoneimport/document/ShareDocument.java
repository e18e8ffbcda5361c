package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Who may see a contact.
 *
 * @param contactId the contact
 * @param sharedWith {@code US...}, {@code GR...} or {@code OR...}
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record ShareDocument(String contactId, String sharedWith, @Nullable Instant createdAt, List<String> oddities,
        JsonNode payload) implements Document {

    public static ShareDocument read(String contactId, Fields fields) {
        var sharedWith = fields.text("sharedWith");
        return new ShareDocument(contactId, sharedWith == null || sharedWith.isBlank() ? fields.id() : sharedWith,
                fields.instant("createdAt"), fields.oddities(), fields.payload());
    }

    @Override
    public String id() {
        return contactId + " " + sharedWith;
    }
}
