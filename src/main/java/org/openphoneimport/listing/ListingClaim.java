package org.openphoneimport.listing;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.RunType;

/**
 * The listing is ours.
 *
 * @param type of the run
 * @param onlyV1 whether only v1 may be asked
 * @param generation which API the run reads
 * @param witness the other one, if it is to confirm what is read
 * @param deaths how many workers have ended without a word since the listing last got on
 */
record ListingClaim(UUID run, UUID owner, RunType type, boolean onlyV1, Instant startedAt, ListingCheckpoint checkpoint,
        Generation generation, @Nullable Generation witness, int deaths) {

    /** The same, when it has been settled which API is read. */
    ListingClaim reading(Generation chosen, ListingCheckpoint from) {
        return new ListingClaim(run, owner, type, onlyV1, startedAt, from, chosen, witness == null ? null : chosen.other(), 0);
    }

    /**
     * Whether both APIs are asked for the lists of the directory: where that of 2026-03-30 cannot read the run, v1 alone is.
     */
    boolean asksBoth() {
        return generation == Generation.DATED && witness != null;
    }

    /** Whether all that is listed is read. */
    boolean isHistorical() {
        return type == RunType.HISTORICAL;
    }
}
