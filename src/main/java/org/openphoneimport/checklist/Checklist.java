package org.openphoneimport.checklist;

import java.time.Clock;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.checklist.ChecklistSteps.Name;
import org.openphoneimport.checklist.ChecklistSteps.State;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * What a historical run does before it imports: the system becomes read-only and webhooks are taken off. When the run has
 * ended, however it ended, keep-runs undoes it, and starts a reconciliation for what came while webhooks were off. Each step is
 * undone on its own, whatever becomes of the others.
 *
 * <p>
 * A retry or a repair of a run that has ended does not go through it again. It brings what is missing, by writes that never put
 * an older row in place of a newer one, beside a system that is live by then; and webhooks that are made again cost their
 * owners new signing keys each time.
 */
@ApplicationScoped
public class Checklist {

    private static final Logger LOG = Logger.getLogger(Checklist.class);

    private final ChecklistSteps steps;
    private final ReadOnlyMode readOnly;
    private final WebhookSwitch webhooks;
    private final ChecklistConfig config;
    private final FollowUp followUp;
    private final Clock clock;

    Checklist(ChecklistSteps steps, ReadOnlyMode readOnly, WebhookSwitch webhooks, ChecklistConfig config, FollowUp followUp,
            Clock clock) {
        this.steps = steps;
        this.readOnly = readOnly;
        this.webhooks = webhooks;
        this.config = config;
        this.followUp = followUp;
        this.clock = clock;
    }

    /** Goes through the steps that have not been gone through, each once; what ended runs have left is undone before. */
    public void begin(UUID id, Caller caller) {
        var run = QuarkusTransaction.requiringNew().call(() -> Run.withId(id)).orElseThrow();
        if (run.type() != RunType.HISTORICAL) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> steps.write(id));
        if (isPending(id, Name.READ_ONLY) || isPending(id, Name.WEBHOOKS)) {
            // Else it would be undone while this run says that it is on.
            steps.endedWithOpenSteps().forEach(this::undoSystems);
        }
        if (isPending(id, Name.READ_ONLY)) {
            readOnly.begin(id);
        }
        if (isPending(id, Name.WEBHOOKS)) {
            webhooks.begin(id, caller, config.webhooks());
        }
    }

    /** Undoes what runs that have ended have left. What cannot be undone is tried again with the next call. */
    public void undo() {
        for (var run : steps.endedWithOpenSteps()) {
            undoSystems(run);
            attempt(run, Name.RECONCILIATION, () -> reconcile(run));
        }
    }

    private void undoSystems(UUID run) {
        attempt(run, Name.READ_ONLY, () -> undoReadOnly(run));
        attempt(run, Name.WEBHOOKS, () -> undoWebhooks(run));
    }

    /** One step's trouble is shown beside that step, and is no trouble of the others. */
    private void attempt(UUID run, Name name, Runnable step) {
        try {
            step.run();
        } catch (OpenPhoneException | NotNowException e) {
            LOG.warnf("Step %s of the checklist of run %s is not undone, it is tried again: %s", name.text(), run,
                    e.getMessage());
            steps.report(run, name, "It is tried again each minute. " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Step %s of the checklist of run %s is not undone, it is tried again", name.text(), run);
            report(run, name, e);
        }
    }

    private void report(UUID run, Name name, RuntimeException reason) {
        try {
            steps.report(run, name, "It is tried again each minute. The log of keep-runs says what went wrong: "
                    + reason.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf("Nor could that be noted: %s", e.getMessage());
        }
    }

    private void undoReadOnly(UUID run) {
        switch (state(run, Name.READ_ONLY)) {
            // A worker that died while it began may have made some roles read-only.
            case ACTIVE, PENDING -> readOnly.undo(run);
            case UNDONE, SKIPPED -> {
                // Nothing is left to do.
            }
        }
    }

    /** A worker that paused them when the run ended may have gone on after they were put back, and died. */
    private void undoWebhooks(UUID run) {
        var state = state(run, Name.WEBHOOKS);
        if (webhooks.someAreOff(run) || state == State.ACTIVE || state == State.PENDING) {
            webhooks.undo(run, new Caller(null, clock.instant().plusSeconds(30)));
        }
    }

    /** From the run's start on: OpenPhone reported nothing of what came since. */
    private void reconcile(UUID id) {
        if (!isPending(id, Name.RECONCILIATION)) {
            return;
        }
        var run = QuarkusTransaction.requiringNew().call(() -> Run.withId(id)).orElseThrow();
        switch (followUp.reconcile(run)) {
            case FollowUp.Answer.Started(UUID next) ->
                steps.set(id, Name.RECONCILIATION, State.UNDONE, "Run " + next + " imports what came meanwhile");
            case FollowUp.Answer.Refused(String why) ->
                steps.set(id, Name.RECONCILIATION, State.PENDING, "It is tried again each minute. " + why);
            case FollowUp.Answer.Later() -> {
                // Another run is active.
            }
        }
    }

    private boolean isPending(UUID run, Name name) {
        return state(run, name) == State.PENDING;
    }

    private State state(UUID run, Name name) {
        var state = QuarkusTransaction.requiringNew().call(() -> steps.state(run, name));
        return state == null ? State.SKIPPED : state;
    }
}
