package org.openphoneimport.batch;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;

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
     * What becomes of a batch for which nothing was achieved, if OpenPhone does not answer anything simple; empty if it does.
     */
    Optional<Outcome> outcome(Claim.Held claim, Caller caller) {
        return outcome(claim, true, () -> openPhone.isThere(caller));
    }

    /**
     * What becomes of a batch if OpenPhone does not answer others of that kind either; empty if it does.
     *
     * @param idle whether nothing was achieved before
     */
    Optional<Outcome> outcome(Claim.Held claim, Caller caller, boolean idle, OpenPhoneException.Unavailable unanswered) {
        return outcome(claim, idle, () -> openPhone.isThereForOthers(caller, unanswered));
    }

    private Optional<Outcome> outcome(Claim.Held claim, boolean idle, BooleanSupplier isThere) {
        try {
            return isThere.getAsBoolean() ? Optional.empty()
                    : Optional.of(new Outcome.Again(idle, config.shortestReturn(), "OpenPhone does not answer"));
        } catch (RuntimeException e) {
            return Optional.of(interruption.outcome(claim.run(), idle, e));
        }
    }
}
