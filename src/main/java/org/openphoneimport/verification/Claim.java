package org.openphoneimport.verification;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A verification is ours to go on with.
 *
 * @param owner names this claim; a later one has another
 * @param listing what it compares with
 * @param complete whether everything is read again
 * @param endsRun whether its result ends the run
 * @param listedFrom when the conversations were asked for; null when they have not been yet
 * @param runStarted what came after is newer than what the run could bring
 * @param attempts claims since it last came forward: this one, and those of workers that died
 */
record Claim(long id, UUID run, UUID owner, UUID listing, boolean complete, boolean endsRun, @Nullable Instant listedFrom,
        Instant runStarted, int attempts, Place place) {
}
