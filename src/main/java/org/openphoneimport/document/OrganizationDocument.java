package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The workspace itself.
 *
 * @param id {@code OR...}
 * @param subscriptionStatus active or expired; expired also where there never was one
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record OrganizationDocument(String id, @Nullable String name, @Nullable String subscriptionStatus,
        @Nullable Instant createdAt, @Nullable Instant updatedAt, List<String> oddities, JsonNode payload) implements Document {

    private static final String EXPIRED = "expired";
    private static final Set<String> STATUSES = Set.of("active", EXPIRED);

    public static OrganizationDocument read(Fields fields) {
        return new OrganizationDocument(fields.id(), fields.text("name"), fields.oneOf("subscriptionStatus", STATUSES),
                fields.instant("createdAt"), fields.instant("updatedAt"), fields.oddities(), fields.payload());
    }

    /** Whether the workspace is no longer paid for. */
    public boolean hasExpired() {
        return EXPIRED.equals(subscriptionStatus);
    }
}
