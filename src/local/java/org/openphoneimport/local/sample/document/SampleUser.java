package org.openphoneimport.local.sample.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A person who works in the workspace.
 *
 * @param id {@code US…}
 * @param role owner, admin or member
 */
public record SampleUser(String id, String email, @Nullable String firstName, @Nullable String lastName,
        @Nullable String pictureUrl, String role, Instant createdAt, Instant updatedAt) {
}
