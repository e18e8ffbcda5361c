package org.openphoneimport.keep;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;
import org.openphoneimport.batch.BatchSender;
import org.openphoneimport.batch.DeadLetters;
import org.openphoneimport.batch.LateParts;
import org.openphoneimport.invocation.LogContext;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.media.MediaRemoval;
import org.openphoneimport.media.MediaSender;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.run.Functions;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;
import org.openphoneimport.start.CallBatchCutter;
import org.openphoneimport.start.Checklist;
import org.openphoneimport.verification.Repair;
import org.openphoneimport.verification.Verdict;
import org.openphoneimport.verification.Verifier;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Keeps the active run going, whoever died. Two at once do no harm: each step is a guarded change. */
@ApplicationScoped
public class Keeper {

    private static final Logger LOG = Logger.getLogger(Keeper.class);

    // For questions that nobody waits for: what is not asked now is asked in some minutes.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EntityManager entityManager;
    private final BatchSender sender;
    private final Runs runs;
    private final Functions functions;
    private final Verifier verifier;
    private final Repair repair;
    private final Checklist checklist;
    private final Announcements announcements;
    private final DeadLetters deadLetters;
    private final MediaSender media;
    private final MediaCounts files;
    private final MediaRemoval removal;
    private final Sampler sampler;
    private final TaskLeases leases;
    private final OpenPhoneConfig openPhone;
    private final CallBatchCutter calls;
    private final LateParts lateParts;
    private final Clock clock;
    private final KeepConfig config;

    Keeper(EntityManager entityManager, BatchSender sender, Runs runs, Functions functions, Verifier verifier, Repair repair,
            Checklist checklist, Announcements announcements, DeadLetters deadLetters, MediaSender media, MediaCounts files,
            MediaRemoval removal, Sampler sampler, TaskLeases leases,
            OpenPhoneConfig openPhone, CallBatchCutter calls, LateParts lateParts, Clock clock, KeepConfig config) {
        this.entityManager = entityManager;
        this.sender = sender;
        this.runs = runs;
        this.functions = functions;
        this.verifier = verifier;
        this.repair = repair;
        this.checklist = checklist;
        this.announcements = announcements;
        this.deadLetters = deadLetters;
        this.media = media;
        this.files = files;
        this.removal = removal;
        this.sampler = sampler;
        this.leases = leases;
        this.openPhone = openPhone;
        this.calls = calls;
        this.lateParts = lateParts;
        this.clock = clock;
        this.config = config;
    }

    /** Does what is due. */
    public void keep() {
        leases.alone("dead letters", deadLetters::move);
        leases.alone("media", media::sendDue);
        leases.alone("cleared files", removal::deleteNoted);
        QuarkusTransaction.requiringNew().call(Run::active).ifPresent(this::keep);
        verifier.goOnLater();
        leases.alone("checklist", checklist::undo);
        leases.alone("announce", announcements::announce);
        leases.alone("late parts", () -> lateParts.ask(new Caller(null, clock.instant().plus(PATIENCE))));
    }

    private void keep(Run run) {
        LogContext.run(run.id);
        leases.alone("sample", () -> sampler.sample(run.id));
        switch (run.status()) {
            case PENDING -> goOnListing(run.id);
            case RUNNING -> {
                if (run.listedAt == null) {
                    goOnListing(run.id);
                } else if (!endImport(run.id)) {
                    leases.alone("send", () -> sendLost(run.id));
                }
            }
            case VERIFYING -> endRun(run);
            case PAUSED, COMPLETED, FAILED, CANCELLED -> {
                // Nothing is due.
            }
        }
    }

    private void goOnListing(UUID run) {
        boolean held = (Boolean) QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT coalesce(listing_lease_until > clock_timestamp(), false) FROM import_runs WHERE id = :run
                """).setParameter("run", run).getSingleResult());
        if (!held) {
            functions.invokeLater("start-run", Map.of("runId", run.toString()));
        }
    }

    private void sendLost(UUID run) {
        int sent = sender.sendDue(run, longestWait(run));
        if (sent > 0) {
            LOG.infof("Sent %d batches of run %s", sent, run);
        }
    }

    /** Twice the time that what is open should take at the rate limit: two requests a conversation, one a part of a call. */
    private Duration longestWait(UUID run) {
        var open = (Number) QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT 2 * (SELECT count(*) FROM import_conversations WHERE run_id = :run AND status = 'pending')
                    + (SELECT count(*) FROM call_parts WHERE run_id = :run AND status = 'pending')
                """).setParameter("run", run).getSingleResult());
        double rate = openPhone.rate() == 0 ? 100 : openPhone.rate();
        var expected = Duration.ofMillis(Math.round(1000 * open.longValue() / rate));
        return config.patience().plus(expected.multipliedBy(2));
    }

    /**
     * When all batches have ended: then calls are asked for what belongs to them. When that has ended as well, and each file
     * was tried once, all is verified. Returns false when something is still open.
     */
    private boolean endImport(UUID run) {
        if (QuarkusTransaction.requiringNew().call(() -> hasOpenConversations(run)) || calls.cut(run) > 0
                || files.someUntried(run)) {
            return false;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            // Somebody may be opening something again: with the run locked, either we see it or they see this change.
            runs.lock(run);
            if (!hasOpenConversations(run) && !hasOpenCalls(run) && !files.someUntried(run)
                    && runs.change(run, RunStatus.RUNNING, RunStatus.VERIFYING, null)) {
                verifier.begin(run, false, true);
            }
        });
        return true;
    }

    private boolean hasOpenConversations(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_conversations WHERE run_id = :run AND status = 'pending')
                    OR EXISTS (SELECT FROM import_batches
                        WHERE run_id = :run AND kind = 'slice' AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult();
    }

    /** Whether parts of calls wait to be cut into a batch, or a batch of them is on its way. */
    private boolean hasOpenCalls(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM call_parts WHERE run_id = :run AND status = 'pending' AND batch_id IS NULL)
                    OR EXISTS (SELECT FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult();
    }

    /** When the verdict is there. */
    private void endRun(Run run) {
        switch (verifier.verdictOfEnd(run.id)) {
            case null -> {
                // It is being found out.
            }
            case Verdict verdict when verdict.clean() ->
                runs.change(run.id, RunStatus.VERIFYING, RunStatus.COMPLETED, null);
            case Verdict verdict -> {
                if (run.repairedAt != null || !repairs(run.id, verdict)) {
                    runs.change(run.id, RunStatus.VERIFYING, RunStatus.FAILED, verdict.finding());
                }
            }
        }
    }

    /** Once, by itself; returns whether there was something to repair. */
    private boolean repairs(UUID run, Verdict verdict) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                if (!runs.change(run, RunStatus.VERIFYING, RunStatus.RUNNING, "Repairing: " + verdict.finding())
                        || !repair.begin(run, verdict.id(), false)) {
                    throw new NothingToRepair();
                }
            });
        } catch (NothingToRepair e) {
            return false;
        }
        sendLost(run);
        leases.alone("media", media::sendDue);
        return true;
    }

    /** Takes back the change of status that comes first. */
    private static final class NothingToRepair extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
