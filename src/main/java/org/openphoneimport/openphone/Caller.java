package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a request is sent.
 *
 * @param runId the run; when it is paused or over, nothing is sent. Null for requests that belong to no run yet
 * @param deadline when to stop waiting for a slot
 */
public record Caller(@Nullable UUID runId, Instant deadline) {

    /** The same, who waits no longer than that. */
    Caller until(Instant earlier) {
        return earlier.isBefore(deadline) ? new Caller(runId, earlier) : this;
    }
}
