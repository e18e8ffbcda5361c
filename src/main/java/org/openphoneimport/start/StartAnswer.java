package org.openphoneimport.start;

import java.util.UUID;

/**
 * What start-run answers.
 *
 * @param runId the run that is active now
 * @param status its status, such as {@code pending}
 * @param started whether this start began it; false when it was active already
 */
public record StartAnswer(UUID runId, String status, boolean started) {
}
