package org.openphoneimport.start;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WholeWorkspace;

/** Finds out, once a run, whether the key can list the whole workspace; if not, v1 does what it always did. */
@ApplicationScoped
class ApiChoice {

    private final WholeWorkspace workspace;
    private final ListingStore store;
    private final OpenPhoneConfig config;

    ApiChoice(WholeWorkspace workspace, ListingStore store, OpenPhoneConfig config) {
        this.workspace = workspace;
        this.store = store;
        this.config = config;
    }

    /** Returns the claim as it is when the choice has been made; empty when it is another worker's by now. */
    Optional<ListingStore.Claim> make(ListingStore.Claim claim, Caller caller) {
        if (claim.place().stage() != ListingStage.API) {
            return Optional.of(claim);
        }
        var obstacle = obstacle(caller);
        return obstacle.isPresent() ? store.fallBack(claim, obstacle.get()) : store.useDated(claim);
    }

    private Optional<String> obstacle(Caller caller) {
        try {
            return workspace.obstacle(caller);
        } catch (OpenPhoneException.Unavailable e) {
            if (config.api() == OpenPhoneConfig.Api.DATED) {
                throw e;
            }
            return Optional.of(e.what());
        }
    }
}
