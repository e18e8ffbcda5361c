package org.openphoneimport.document;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A person who may use one of the workspace's numbers.
 *
 * @param phoneNumberId {@code PN...}
 * @param userId {@code US...}
 * @param role in the workspace: owner, admin or member
 * @param groupId {@code GR...}
 * @param payload the document as received
 */
@RegisterForReflection
public record NumberMemberDocument(String phoneNumberId, String userId, @Nullable String email, @Nullable String role,
        @Nullable String groupId, JsonNode payload) {

    public static NumberMemberDocument read(String phoneNumberId, Fields fields) {
        return new NumberMemberDocument(phoneNumberId, fields.id(), fields.text("email"), fields.text("role"),
                fields.text("groupId"), fields.payload());
    }
}
