package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.checklist.Checklist;
import org.openphoneimport.invocation.Functions;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Stop;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;

/**
 * Lists what a run is to read. A listing that stops before its end goes on where it stands: at once in another invocation when
 * its time is over, within a minute by keep-runs when OpenPhone does not answer.
 */
@ApplicationScoped
public class Listing {

    private static final Logger LOG = Logger.getLogger(Listing.class);

    // An outage of seconds is normal; one that lasts stays on the run as a warning.
    private static final Duration LONG_WAIT = Duration.ofMinutes(2);

    private final Checklist checklist;
    private final ApiChoice choice;
    private final ListingStages stages;
    private final ListingLease lease;
    private final ListingStore store;
    private final ImportConfig config;
    private final Runs runs;
    private final Functions functions;
    private final EventLog events;

    Listing(Checklist checklist, ApiChoice choice, ListingStages stages, ListingLease lease, ListingStore store,
            ImportConfig config, Runs runs, Functions functions, EventLog events) {
        this.checklist = checklist;
        this.choice = choice;
        this.stages = stages;
        this.lease = lease;
        this.store = store;
        this.config = config;
        this.runs = runs;
        this.functions = functions;
        this.events = events;
    }

    /** Goes on where the listing stands, unless another worker holds it. */
    public void goOn(UUID run, Instant deadline) {
        runs.change(run, RunStatus.PENDING, RunStatus.RUNNING, null);
        var claim = lease.claim(run);
        if (claim.isEmpty()) {
            LOG.infof("The listing of run %s has ended, or another worker holds it", run);
            return;
        }
        if (claim.get().deaths() >= config.maxAttempts()) {
            giveUp(claim.get());
            return;
        }
        try {
            var caller = new Caller(run, deadline);
            checklist.begin(run, caller);
            choice.make(claim.get(), caller).ifPresent(chosen -> stages.list(chosen, caller));
        } catch (RuntimeException e) {
            stop(claim.get(), Stop.of(e));
        }
    }

    private void stop(ListingClaim claim, Stop stop) {
        if (stop instanceof Stop.Wait wait) {
            noteWait(claim, wait.why());
        }
        lease.release(claim);
        switch (stop) {
            case Stop.OutOfTime() -> functions.invokeLater("start-run", Map.of("runId", claim.run().toString()));
            case Stop.KeyRefused(String why) -> runs.pauseForPerson(claim.run(), why);
            case Stop.Rejected(String why) -> runs.change(claim.run(), RunStatus.RUNNING, RunStatus.FAILED,
                    "The conversations could not be listed. " + why);
            case Stop.RunStopped() -> LOG.infof("Run %s is paused or has ended", claim.run());
            case Stop.Wait wait -> LOG.infof("keep-runs goes on with the listing of run %s", claim.run());
        }
    }

    private void noteWait(ListingClaim claim, String why) {
        var wait = lease.noteWait(claim, why);
        if (wait.compareTo(LONG_WAIT) > 0) {
            store.warn(claim, "The listing waited for more than %d minutes. %s".formatted(LONG_WAIT.toMinutes(), why));
        }
        events.add(claim.run(), EventLog.Level.WARNING, "wait", "The listing waits, at most a minute: " + why);
    }

    private void giveUp(ListingClaim claim) {
        lease.release(claim);
        runs.change(claim.run(), RunStatus.RUNNING, RunStatus.FAILED,
                """
                        The conversations could not be listed: the worker that did died %d times at the same place. Look into the log of \
                        start-run, then try again"""
                        .formatted(claim.deaths()));
    }
}
