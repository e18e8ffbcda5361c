package org.openphoneimport.batch;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Answering;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.run.ImportConfig;

/** Tells an OpenPhone that is away from one that answers everything but some of what a batch asks for. */
@ApplicationScoped
class OutageProbe {

    private final OpenPhone openPhone;
    private final StopPolicy interruption;
    private final ImportConfig config;

    OutageProbe(OpenPhone openPhone, StopPolicy interruption, ImportConfig config) {
        this.openPhone = openPhone;
        this.interruption = interruption;
        this.config = config;
    }

    /** Goes on with a batch for which nothing was achieved if OpenPhone answers something. */
    Outcome unlessAway(BatchClaim.Held claim, Caller caller, Supplier<Outcome> goOn) {
        Optional<String> outage;
        try {
            outage = openPhone.outage(caller);
        } catch (RuntimeException e) {
            return interruption.outcome(claim.run(), true, e);
        }
        return outage.isEmpty() ? goOn.get() : away(true, outage.get());
    }

    /**
     * Counts what OpenPhone did not answer, if it answers anything else.
     *
     * @param idle whether nothing was achieved before
     */
    Outcome unlessAway(BatchClaim.Held claim, Caller caller, boolean idle, OpenPhoneException.Unavailable unanswered,
            Function<Answering, Outcome> count) {
        Answering answering;
        try {
            answering = openPhone.answering(caller, unanswered);
        } catch (NotNowException.OutOfTime e) {
            if (!claim.idle()) {
                return interruption.outcome(claim.run(), idle, e);
            }
            // It did when this delivery began.
            answering = Answering.SOMETHING;
        } catch (RuntimeException e) {
            return interruption.outcome(claim.run(), idle, e);
        }
        return answering == Answering.NOTHING ? away(idle, unanswered.outage()) : count.apply(answering);
    }

    private Outcome away(boolean idle, String why) {
        return new Outcome.Again(idle, config.shortestReturn(), why);
    }

    /**
     * After how many tries in vain there are no more. Each delivery rests longer than the one before, so the double takes
     * longer than a quarter of an hour: that long one kind of requests may be away.
     */
    int tries(Answering answering) {
        return answering == Answering.OTHERS ? config.maxConversationAttempts() : 2 * config.maxConversationAttempts();
    }
}
