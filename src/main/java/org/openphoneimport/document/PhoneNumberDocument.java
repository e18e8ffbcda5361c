package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One of the workspace's own numbers.
 *
 * @param id {@code PN...}
 * @param number E.164
 * @param users who may read and use it
 * @param payload the document as received
 */
@RegisterForReflection
public record PhoneNumberDocument(String id, @Nullable String number, @Nullable String name, List<Member> users,
        @Nullable Instant createdAt, @Nullable Instant updatedAt, JsonNode payload) {

    /**
     * A user of the number.
     *
     * @param id {@code US...}
     * @param role owner, admin or member, of the workspace
     */
    public record Member(String id, @Nullable String role) {
    }

    /** The document that was kept as it was received. */
    public static PhoneNumberDocument of(JsonNode payload) {
        return read(new Fields(payload));
    }

    public static PhoneNumberDocument read(Fields fields) {
        var users = fields.documents("users").stream()
                .filter(user -> user.path("id").isTextual())
                .map(user -> new Member(user.path("id").textValue(), new Fields(user).text("role")))
                .toList();
        // The API of 2026-03-30 has another name for it, and no users.
        var number = fields.text("number");
        return new PhoneNumberDocument(fields.id(), number == null ? fields.text("phoneNumber") : number, fields.text("name"),
                users,
                fields.instant("createdAt"), fields.instant("updatedAt"), fields.payload());
    }

    /** Ids of its users. */
    public List<String> userIds() {
        return users.stream().map(Member::id).toList();
    }

    /**
     * Whom to ask as. OpenPhone answers as the workspace's owner, and may answer with fewer rows for a number that the owner
     * is not a member of; then any member will do.
     */
    public @Nullable String askAs() {
        boolean owned = users.stream().anyMatch(user -> "owner".equals(user.role()));
        return owned || users.isEmpty() ? null : users.getFirst().id();
    }
}
