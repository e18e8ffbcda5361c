package org.openphoneimport.start;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.checklist.FollowUp;
import org.openphoneimport.listing.ReconciliationConfig;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Window;

/** Starts the reconciliation that follows a run as any other run. */
@ApplicationScoped
class FollowUpRun implements FollowUp {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final Starter starter;
    private final ReconciliationConfig config;

    FollowUpRun(Starter starter, ReconciliationConfig config) {
        this.starter = starter;
        this.config = config;
    }

    @Override
    public Answer reconcile(Run run) {
        try {
            var answer = starter.start(new StartRequest(RunType.RECONCILIATION, new Window(since(run), true, null), null));
            return answer.started() ? new Answer.Started(answer.runId()) : new Answer.Later();
        } catch (StartRefusedException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Nothing shows when a status changes late, or a row that is older turns up; what the run was not to read it leaves out,
     * too.
     */
    private Instant since(Run run) {
        var since = run.createdAt.minus(CLOCKS_DIFFER).minus(config.overlap());
        return run.windowFromGiven && since.isBefore(run.windowFrom) ? run.windowFrom : since;
    }
}
