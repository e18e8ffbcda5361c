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
    private final ListingBegin begin;
    private final ListingLease lease;
    private final ImportConfig config;

    ApiChoice(OpenPhone openPhone, WholeWorkspace workspace, ListingBegin begin, ListingLease lease, ImportConfig config) {
        this.openPhone = openPhone;
        this.workspace = workspace;
        this.begin = begin;
        this.lease = lease;
        this.config = config;
    }

    /** Returns the claim as it is when the choice has been made; empty when it is another worker's by now. */
    Optional<ListingClaim> make(ListingClaim claim, Caller caller) {
        if (claim.checkpoint().stage() != ListingStage.API) {
            return Optional.of(claim);
        }
        var obstacle = begin.hasReadByTime(claim) ? Optional.<String> empty() : obstacle(claim, caller);
        return obstacle.isPresent() ? begin.fallBack(claim, obstacle.get()) : begin.useDated(claim);
    }

    /**
     * An outage is waited for. A route that OpenPhone does not know is answered with a bare page: then v1 is there. No rows
     * hang on it. With two generations an outage of one alone has an end.
     */
    private Optional<String> obstacle(ListingClaim claim, Caller caller) {
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
    private boolean isTriedEnough(ListingClaim claim) {
        return claim.witness() != null && lease.countFailure(claim) >= config.maxConversationAttempts();
    }
}
