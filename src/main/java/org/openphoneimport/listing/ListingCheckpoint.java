package org.openphoneimport.listing;

import org.jspecify.annotations.Nullable;

/** Where a listing stands; the token is that of the next page, null for the first. */
record ListingCheckpoint(ListingStage stage, @Nullable String token) {

    /** The first page of the list that this is a page of; a stage may have two, of which the second confirms the first. */
    ListingCheckpoint firstOfList() {
        return new ListingCheckpoint(stage, EitherGeneration.first(token));
    }

    /** Whether it stands in a list that confirms what another has shown. */
    boolean confirms() {
        return EitherGeneration.confirms(token);
    }

    /** Where the next stage begins. */
    ListingCheckpoint nextStage() {
        return new ListingCheckpoint(stage.next(), null);
    }

    ListingCheckpoint after(@Nullable String nextToken) {
        return nextToken != null ? new ListingCheckpoint(stage, nextToken) : nextStage();
    }
}
