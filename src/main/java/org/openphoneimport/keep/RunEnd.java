package org.openphoneimport.keep;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.listing.CallBatchCutter;
import org.openphoneimport.listing.ContactBatchCutter;
import org.openphoneimport.listing.Coverage;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;
import org.openphoneimport.verification.Repair;
import org.openphoneimport.verification.Verdict;
import org.openphoneimport.verification.Verifier;
import org.openphoneimport.verification.WorkspaceCheck;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** How a run ends: its import first, then its verification, with one repair in between where something is missing. */
@ApplicationScoped
class RunEnd {

    private static final Logger LOG = Logger.getLogger(RunEnd.class);

    private final EntityManager entityManager;
    private final Runs runs;
    private final CallBatchCutter calls;
    private final ContactBatchCutter contacts;
    private final MediaCounts files;
    private final Coverage coverage;
    private final Verifier verifier;
    private final Repair repair;
    private final WorkspaceCheck check;
    private final EventLog events;

    RunEnd(EntityManager entityManager, Runs runs, CallBatchCutter calls, ContactBatchCutter contacts, MediaCounts files,
            Coverage coverage, Verifier verifier, Repair repair, WorkspaceCheck check, EventLog events) {
        this.entityManager = entityManager;
        this.runs = runs;
        this.calls = calls;
        this.contacts = contacts;
        this.files = files;
        this.coverage = coverage;
        this.verifier = verifier;
        this.repair = repair;
        this.check = check;
        this.events = events;
    }

    /**
     * When all batches have ended: then calls and contacts are asked for what belongs to them. When that has ended as well,
     * and each file was tried once, all is verified. Returns false when something is still open.
     */
    boolean endImport(UUID run) {
        if (QuarkusTransaction.requiringNew().call(() -> hasOpenConversations(run)) || calls.cut(run) > 0
                || contacts.cut(run) > 0 || files.someUntried(run)) {
            return false;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            // A retry may be opening something again: with the run locked, either we see it or they see this change.
            runs.lock(run);
            if (!hasOpenConversations(run) && !hasOpenParts(run) && !files.someUntried(run)
                    && runs.change(run, RunStatus.RUNNING, RunStatus.VERIFYING, null)) {
                coverage.doubtUnread(run);
                verifier.begin(run, false, true);
            }
        });
        return true;
    }

    /** When the verdict is there; returns whether something was opened again, to repair what was found. */
    boolean endVerification(Run run) {
        var verdict = verifier.verdictOfEnd(run.id);
        if (verdict == null) {
            return false;
        }
        if (run.repairedAt == null && (!verdict.clean() || verdict.disagreement() != null) && repairs(run.id, verdict)) {
            return true;
        }
        end(run.id, verdict.clean() ? RunStatus.COMPLETED : RunStatus.FAILED, verdict.finding());
        return false;
    }

    /** The run speaks of its window; what the database holds altogether is said beside it. */
    private void end(UUID run, RunStatus to, @Nullable String reason) {
        if (QuarkusTransaction.requiringNew().call(() -> change(run, to, reason))) {
            var workspace = QuarkusTransaction.requiringNew().call(check::read);
            LOG.infof("The workspace after run %s: %s", run, workspace.sentence());
            events.add(run, workspace.complete() ? EventLog.Level.INFO : EventLog.Level.WARNING, "workspace",
                    workspace.sentence());
        }
    }

    private boolean change(UUID run, RunStatus to, @Nullable String reason) {
        if (runs.lock(run) != RunStatus.VERIFYING) {
            return false;
        }
        coverage.noteRead(run);
        return runs.change(run, RunStatus.VERIFYING, to, reason);
    }

    /** Once, by itself; returns whether there was something to repair. */
    private boolean repairs(UUID run, Verdict verdict) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                var why = verdict.disagreement() == null ? "Repairing: " + verdict.finding()
                        : "The two APIs disagree, so all conversations are read through v1 as well";
                if (!runs.change(run, RunStatus.VERIFYING, RunStatus.RUNNING, why)
                        || !repair.begin(run, verdict.id(), verdict.disagreement() != null, false)) {
                    throw new NothingToRepair();
                }
                if (verdict.disagreement() != null) {
                    runs.noteDisagreement(run, verdict.disagreement());
                }
            });
            return true;
        } catch (NothingToRepair e) {
            return false;
        }
    }

    private boolean hasOpenConversations(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_conversations WHERE run_id = :run AND status = 'pending')
                    OR EXISTS (SELECT FROM import_batches
                        WHERE run_id = :run AND kind = 'slice' AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult();
    }

    /** Whether parts of calls or contacts wait to be cut into a batch, or a batch of them is on its way. */
    private boolean hasOpenParts(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM call_parts WHERE run_id = :run AND status = 'pending' AND batch_id IS NULL)
                    OR EXISTS (SELECT FROM directory_parts
                        WHERE run_id = :run AND subject = 'contact' AND status = 'pending' AND batch_id IS NULL)
                    OR EXISTS (SELECT FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult();
    }

    /** Takes back the change of status that comes first. */
    private static final class NothingToRepair extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
