package org.openphoneimport.listing;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Generation;

/**
 * The listing is ours.
 *
 * @param generation which API the run reads
 * @param witness the other one, if it is to confirm what is read
 * @param deaths how many workers have ended without a word since the listing last got on
 */
record ListingClaim(UUID run, UUID owner, Instant startedAt, ListingCheckpoint checkpoint, Generation generation,
        @Nullable Generation witness, int deaths) {
}
