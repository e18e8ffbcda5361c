package org.openphoneimport.batch;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;

/** Tells an OpenPhone that is away from one that answers everything but some of what a batch asks for. */
@ApplicationScoped
class OutageCheck {

    private final OpenPhone openPhone;
    private final Interruption interruption;
    private final ImportConfig config;

    OutageCheck(OpenPhone openPhone, Interruption interruption, ImportConfig config) {
        this.openPhone = openPhone;
        this.interruption = interruption;
        this.config = config;
    }

    /**
     * What becomes of a batch if OpenPhone does not answer something simple; empty if it does.
     *
     * @param idle whether nothing was achieved before
     */
    Optional<Outcome> outcome(Claim.Held claim, Caller caller, boolean idle) {
        try {
            return openPhone.isThere(caller) ? Optional.empty()
                    : Optional.of(new Outcome.Again(idle, config.shortestReturn(), "OpenPhone does not answer"));
        } catch (RuntimeException e) {
            return Optional.of(interruption.outcome(claim.run(), idle, e));
        }
    }
}
