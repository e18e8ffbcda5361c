package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A run's last verification as JSON.
 *
 * @param status {@code running}, {@code clean} or {@code discrepancies}; what is neither missing nor different leaves it clean
 * @param checkedAt when it ended; null while it is running
 * @param checks what was compared
 * @param discrepancies those that fail a run first
 */
@RegisterForReflection
public record VerificationView(String status, @Nullable Instant checkedAt, List<VerificationCheck> checks,
        List<DiscrepancyView> discrepancies) {

    /**
     * One difference.
     *
     * @param kind missing, different, unavailable, newer, waiting or absent
     * @param subject message, call, conversation ...
     * @param id OpenPhone's
     * @param finding a sentence
     * @param parties whom it is about
     */
    @RegisterForReflection
    public record DiscrepancyView(String kind, String subject, String id, String finding, Parties parties) {
    }
}
