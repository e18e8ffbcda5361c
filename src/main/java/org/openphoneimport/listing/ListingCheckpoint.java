package org.openphoneimport.listing;

import org.jspecify.annotations.Nullable;

/** Where a listing stands; the token is that of the next page, null for the first. */
record ListingCheckpoint(ListingStage stage, @Nullable String token) {

    ListingCheckpoint after(@Nullable String nextToken) {
        return nextToken != null ? new ListingCheckpoint(stage, nextToken) : new ListingCheckpoint(stage.next(), null);
    }
}
