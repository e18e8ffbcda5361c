package org.openphoneimport.listing;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.listing.ListingExtent.Extent;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.ConversationLists;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Paging;

/**
 * Lists the conversations of the generation that a run does not read. Those that the other did not list are imported as well,
 * and fields that only one of them gives are filled in.
 */
@ApplicationScoped
class WitnessListing {

    private final ConversationLists lists;
    private final ListingStore store;

    WitnessListing(ConversationLists lists, ListingStore store) {
        this.lists = lists;
        this.store = store;
    }

    /** Returns where the listing goes on; empty when it is another worker's by now. */
    Optional<ListingCheckpoint> readPage(ListingClaim claim, Caller caller, ListingCheckpoint place, Paging paging,
            Extent extent) {
        var witness = claim.witness();
        if (witness == null) {
            return store.move(claim, place, place.after(null));
        }
        var page = extent instanceof Extent.Updated updated
                ? lists.updatedSince(witness, caller, updated.updatedSince(), place.token())
                : lists.all(witness, caller, place.token());
        return store.store(claim, place, paging.check(page),
                (conversations, run) -> store.storeConversations(conversations, claim, witness));
    }

    /** The witness does not answer, or refuses: the run says so, and goes on there. */
    Optional<ListingCheckpoint> skip(ListingClaim claim, ListingCheckpoint place, ListingCheckpoint to,
            OpenPhoneException reason) {
        return store.skipWitness(claim, place, to, claim.generation().other(), reason);
    }
}
