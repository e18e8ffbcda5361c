package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run's last verification, with the first of the differences that it found.
 *
 * @param status {@code running}, {@code clean} or {@code discrepancies}
 * @param checkedAt when it began or ended
 * @param checks {@code [{"name", "checked", "found"}]}
 * @param first those that fail a run first
 * @param found how many differences there are altogether
 * @param missing how many are not stored
 * @param different how many are stored otherwise than they were received
 * @param unavailable how many OpenPhone refuses
 */
public record Verification(String status, Instant checkedAt, JsonNode checks, List<VerificationView.DiscrepancyView> first,
        long found, long missing, long different, long unavailable) {
}
