package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An address that wants to be told of events.
 *
 * @param id {@code WH…}
 * @param orgId {@code OR…}
 * @param status enabled or disabled
 * @param key what deliveries are signed with; a new one each time a webhook is made
 * @param resourceIds {@code PN…}, or the one value {@code *}
 */
public record SampleWebhook(String id, String userId, String orgId, @Nullable String label, String status, String url,
        String key, Instant createdAt, Instant updatedAt, @Nullable Instant deletedAt, List<String> events,
        List<String> resourceIds) {
}
