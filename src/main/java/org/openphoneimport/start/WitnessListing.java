package org.openphoneimport.start;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Advance;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.ConversationDocument;
import org.openphoneimport.openphone.ConversationLists;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;

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
    Optional<ListingStore.Place> readPage(ListingStore.Claim claim, Caller caller, ListingStore.Place place, Advance advance) {
        var witness = claim.witness();
        return witness == null ? store.move(claim, place, place.after(null))
                : store.store(claim, place, advance.check(read(witness, caller, place)), store::storeConversations);
    }

    private Page<ConversationDocument> read(Generation witness, Caller caller, ListingStore.Place place) {
        return lists.all(witness, caller, place.token());
    }

    /** The witness does not answer, or refuses: the run says so, and goes on. */
    Optional<ListingStore.Place> skip(ListingStore.Claim claim, ListingStore.Place place, OpenPhoneException reason) {
        return store.skipWitness(claim, place, claim.generation().other(), reason);
    }
}
