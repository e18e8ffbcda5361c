package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a colleague wrote about a contact.
 *
 * @param id without a prefix
 * @param contactId the contact
 * @param text with mentions such as {@code @US...}
 * @param createdBy {@code US...}
 * @param media files, in order
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record NoteDocument(String id, String contactId, @Nullable String text, @Nullable String createdBy,
        @Nullable Instant createdAt, @Nullable Instant updatedAt, List<MessageDocument.Media> media, List<String> oddities,
        JsonNode payload) implements Document {

    public static NoteDocument read(String contactId, Fields fields) {
        return new NoteDocument(fields.id(), contactId, fields.text("text"), fields.text("actorId"),
                fields.instant("createdAt"), fields.instant("updatedAt"), MessageDocument.media(fields), fields.oddities(),
                fields.payload());
    }
}
