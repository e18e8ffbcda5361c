package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A person who works in the workspace.
 *
 * @param id {@code US...}
 * @param role owner, admin or member
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record UserDocument(String id, @Nullable String email, @Nullable String firstName, @Nullable String lastName,
        @Nullable String role, @Nullable Instant createdAt, @Nullable Instant updatedAt, List<String> oddities,
        JsonNode payload) implements Document {

    public static UserDocument read(Fields fields) {
        return new UserDocument(fields.id(), fields.text("email"), fields.text("firstName"), fields.text("lastName"),
                fields.text("role"), fields.instant("createdAt"), fields.instant("updatedAt"), fields.oddities(),
                fields.payload());
    }
}
