package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A webhook of the dated API, whose key is told only when it is made.
 *
 * @param id digits
 * @param orgId {@code OR…}
 * @param status enabled or disabled
 * @param apiVersion of what is delivered
 * @param resourceIds {@code PN…}, or the one value {@code *}
 */
public record SampleDatedWebhook(String id, String orgId, @Nullable String label, String status, String url,
        String apiVersion, Instant createdAt, Instant updatedAt, List<String> events, List<String> resourceIds) {

    /** Returns this webhook with another status, changed at that time. */
    public SampleDatedWebhook withStatus(String changed, Instant at) {
        return new SampleDatedWebhook(id, orgId, label, changed, url, apiVersion, createdAt, at, events, resourceIds);
    }
}
