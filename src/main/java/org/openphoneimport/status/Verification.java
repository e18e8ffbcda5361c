package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run's last verification, with the first of the differences that it found.
 *
 * @param status {@code running}, {@code clean} or {@code discrepancies}
 * @param checkedAt when it began or ended
 * @param checks what was compared
 * @param failing how many of what each check found is missing or different, by the check's name
 * @param kinds how many differences of each kind there are
 * @param first those that are missing or different
 * @param unavailable the first that OpenPhone does not give
 */
public record Verification(String status, Instant checkedAt, List<VerificationCheck> checks, Map<String, Long> failing,
        Map<String, Long> kinds, List<VerificationView.DiscrepancyView> first,
        List<VerificationView.DiscrepancyView> unavailable) {

    /** How many differences of a kind there are. */
    public long count(String kind) {
        return kinds.getOrDefault(kind, 0L);
    }
}
