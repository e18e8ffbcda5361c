package org.openphoneimport.verification;

import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param id of the verification
 * @param clean whether nothing is missing or different; what is unavailable, newer, waiting or absent is named only
 * @param disagreement what both generations of the API do not have alike, in a sentence; null when the sample shows nothing
 * @param finding what is missing or different, in a sentence; null when nothing is
 */
public record Verdict(long id, boolean clean, @Nullable String disagreement, @Nullable String finding) {
}
