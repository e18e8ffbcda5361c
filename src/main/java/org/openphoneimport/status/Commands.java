package org.openphoneimport.status;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.keep.ActionRefusedException;
import org.openphoneimport.keep.Actions;

/** Does with runs what people and scripts ask for: refusals become answers. */
@ApplicationScoped
class Commands {

    /** What can be done with a run. */
    static final Set<String> ALL = Set.of("pause", "resume", "cancel", "retry");

    private final Actions actions;
    private final org.openphoneimport.batch.DeadLetters deadLetters;
    private final Shared shared;

    Commands(Actions actions, org.openphoneimport.batch.DeadLetters deadLetters, Shared shared) {
        this.actions = actions;
        this.deadLetters = deadLetters;
        this.shared = shared;
    }

    void act(String id, String action) {
        var run = Parameters.run(id);
        answering(() -> {
            switch (action) {
                case "pause" -> actions.pause(run);
                case "resume" -> actions.resume(run);
                case "cancel" -> actions.cancel(run);
                case "retry" -> actions.retry(run);
                default -> throw RefusedException.unknown("There is no action " + action);
            }
        });
    }

    void retryIssue(String id, String issueId) {
        var run = Parameters.run(id);
        long issue = Parameters.issue(issueId);
        answering(() -> actions.retryIssue(run, issue));
    }

    /** Puts a dead letter onto its queue again. */
    void sendBack(String id) {
        if (!deadLetters.sendBack(Parameters.deadLetter(id))) {
            throw RefusedException.unknown("There is no dead letter %s that could be sent back".formatted(id));
        }
        shared.forget();
    }

    /** Puts all dead letters onto their queues again; returns how many. */
    int sendAllBack() {
        int sent = deadLetters.sendAllBack();
        shared.forget();
        return sent;
    }

    private void answering(Runnable action) {
        try {
            action.run();
            shared.forget();
        } catch (ActionRefusedException e) {
            var what = String.valueOf(e.getMessage());
            throw e.isUnknownRun() ? RefusedException.unknown(what) : RefusedException.notNow(what);
        }
    }
}
