package org.openphoneimport.local.sample.document;

import java.time.Instant;

/**
 * Who may see a contact; only the dated API tells.
 *
 * @param sharedWith {@code US…}, {@code GR…} or {@code OR…}
 */
public record SampleShare(String contactId, String sharedWith, Instant createdAt) {
}
