package org.openphoneimport.start;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.checklist.FollowUp;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Window;

/** Starts the reconciliation that follows a run as any other run. */
@ApplicationScoped
class FollowUpRun implements FollowUp {

    private final Starter starter;

    FollowUpRun(Starter starter) {
        this.starter = starter;
    }

    @Override
    public Answer reconcile(Window window) {
        try {
            var answer = starter.start(new StartRequest(RunType.RECONCILIATION, window, null));
            return answer.started() ? new Answer.Started(answer.runId()) : new Answer.Later();
        } catch (StartRefusedException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        }
    }
}
