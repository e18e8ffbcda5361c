package org.openphoneimport.prospect;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.OrganizationDocument;

/**
 * What the API of 2026-03-30 tells before a run starts, in more requests than a page should wait for.
 *
 * @param organization the workspace itself; null when it was not told
 * @param recording which numbers record calls; null when it was not told
 * @param size about how much there is; null when it could not be sampled
 * @param obstacle what keeps the rest from being known, in a sentence; null when all is
 */
public record Outlook(@Nullable OrganizationDocument organization, @Nullable AutomaticRecording recording, @Nullable Size size,
        @Nullable String obstacle) {
}
