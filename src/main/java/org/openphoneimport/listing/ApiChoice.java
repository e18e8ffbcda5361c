package org.openphoneimport.listing;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.ImportConfig;

/** Finds out, once a run, whether the key can list the whole workspace; if not, v1 does what it always did. */
@ApplicationScoped
class ApiChoice {

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;
    private final ListingStore store;
    private final ImportConfig config;

    ApiChoice(OpenPhone openPhone, WholeWorkspace workspace, ListingStore store, ImportConfig config) {
        this.openPhone = openPhone;
        this.workspace = workspace;
        this.store = store;
        this.config = config;
    }

    /** Returns the claim as it is when the choice has been made; empty when it is another worker's by now. */
    Optional<ListingStore.Claim> make(ListingStore.Claim claim, Caller caller) {
        if (claim.place().stage() != ListingStage.API) {
            return Optional.of(claim);
        }
        var obstacle = store.hasReadByTime(claim) ? Optional.<String> empty() : obstacle(claim, caller);
        return obstacle.isPresent() ? store.fallBack(claim, obstacle.get()) : store.useDated(claim);
    }

    /**
     * An outage is waited for. A route that OpenPhone does not know is answered with a bare page: then v1 is there. No rows
     * hang on it. With two generations an outage of one alone has an end.
     */
    private Optional<String> obstacle(ListingStore.Claim claim, Caller caller) {
        try {
            return workspace.obstacle(caller);
        } catch (OpenPhoneException.Unavailable e) {
            if (openPhone.isThere(caller) && (e.isBetween() || isTriedEnough(claim))) {
                return Optional.of(e.what());
            }
            throw e;
        }
    }

    /** Without another generation there is nothing to do but to wait. */
    private boolean isTriedEnough(ListingStore.Claim claim) {
        return claim.witness() != null && store.countFailure(claim) >= config.maxConversationAttempts();
    }
}
