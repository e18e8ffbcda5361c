package org.openphoneimport.verification;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Generation;

/**
 * A verification is ours to go on with.
 *
 * @param owner names this claim; a later one has another
 * @param listing what it compares with
 * @param complete whether everything is read again
 * @param endsRun whether its result ends the run
 * @param listedFrom when the conversations were asked for; null when they have not been yet
 * @param runStarted what came after is newer than what the run could bring
 * @param generation which API the run read
 * @param witness the other one, which confirms it; null when there is none, or it could not be asked
 * @param attempts claims since it last came forward: this one, and those of workers that died
 */
record VerificationClaim(long id, UUID run, UUID owner, UUID listing, boolean complete, boolean endsRun,
        @Nullable Instant listedFrom,
        Instant runStarted, Generation generation, @Nullable Generation witness, int attempts,
        VerificationCheckpoint place) {

    /**
     * Which list of conversations is read first: v1's pages are the larger ones. Where it is no witness, or cannot be asked,
     * a conversation that it does not list is not absent.
     */
    Generation lister() {
        return witness == Generation.V1 ? Generation.V1 : generation;
    }
}
