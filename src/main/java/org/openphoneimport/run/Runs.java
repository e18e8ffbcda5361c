package org.openphoneimport.run;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.notice.Notices;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneConfig;

/** Creates runs and changes their status. Every change is one guarded statement: the second of two changes nothing. */
@ApplicationScoped
public class Runs {

    /**
     * In SQL: rows of {@code import_runs} for which what is received may be stored. See {@link #requireGoingOn}. Late parts of
     * calls, for which no run waits, are stored only into rows that are still there.
     */
    public static final String GOES_ON = "status IN ('running', 'paused')";

    private final EntityManager entityManager;
    private final EventLog events;
    private final IssueLog issues;
    private final MediaCounts media;
    private final ClearingLock clearing;
    private final Notices notices;

    Runs(EntityManager entityManager, EventLog events, IssueLog issues, MediaCounts media, ClearingLock clearing,
            Notices notices) {
        this.entityManager = entityManager;
        this.notices = notices;
        this.media = media;
        this.events = events;
        this.issues = issues;
        this.clearing = clearing;
    }

    /**
     * A new pending run, or empty when another one is active.
     *
     * @param api which generation is wanted; the listing tries whether OpenPhone gives it
     * @throws ClearingException while imported data are being cleared
     */
    @Transactional
    public Optional<UUID> create(RunType type, Window window, String keyHash, OpenPhoneConfig.Api api) {
        clearing.requireShared();
        List<?> created = entityManager.createNativeQuery("""
                INSERT INTO import_runs (type, window_from, window_from_given, window_to, key_hash, total_media, listing_stage,
                    witness, only_v1)
                VALUES (:type, :from, :fromGiven, CAST(:to AS timestamptz), :keyHash, 0, :stage, CAST(:witness AS text),
                    :onlyV1)
                ON CONFLICT DO NOTHING
                RETURNING id
                """, UUID.class)
                .setParameter("type", type.name().toLowerCase(Locale.ROOT))
                .setParameter("from", window.from())
                .setParameter("fromGiven", window.fromGiven())
                .setParameter("to", text(window.to()))
                .setParameter("keyHash", keyHash)
                .setParameter("onlyV1", api == OpenPhoneConfig.Api.V1)
                .setParameter("stage", api == OpenPhoneConfig.Api.V1 ? "users" : "api")
                // The API stands at v1 until it has been chosen.
                .setParameter("witness", api == OpenPhoneConfig.Api.AUTO ? Generation.DATED.text() : null)
                .getResultList();
        var id = created.stream().map(UUID.class::cast).findFirst();
        id.ifPresent(run -> {
            events.add(run, EventLog.Level.INFO, "status", "Started");
            events.addSampleNow(run);
        });
        return id;
    }

    /**
     * Changes a run's status if it has the expected one.
     *
     * @param reason why, in a sentence for the page; null when the status says it all
     * @return false when it has another status by now, or does not exist; nothing has changed then
     */
    @Transactional
    public boolean change(UUID id, RunStatus from, RunStatus to, @Nullable String reason) {
        return change(id, EnumSet.of(from), to, reason);
    }

    /** Changes a run's status from any of some; throws {@link ClearingException} as {@link #create} does. */
    @Transactional
    public boolean change(UUID id, Set<RunStatus> from, RunStatus to, @Nullable String reason) {
        if (!to.predecessors().containsAll(from)) {
            throw new IllegalArgumentException("No run changes from " + from + " to " + to);
        }
        if (to.isActive() && !from.stream().allMatch(RunStatus::isActive)) {
            clearing.requireShared();
        }
        int changed = entityManager
                .createNativeQuery(
                        """
                                UPDATE import_runs SET
                                    status         = :to,
                                    reason         = CAST(:reason AS text),
                                    started_at     = CASE WHEN :to = 'running' THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
                                    paused_at      = CASE WHEN :to = 'paused' THEN clock_timestamp() END,
                                    paused_seconds = paused_seconds
                                        -- An ended run that goes on was idle since its end.
                                        + coalesce(CAST(extract(epoch FROM clock_timestamp() - coalesce(paused_at, completed_at)) AS bigint), 0),
                                    completed_at   = CASE WHEN :to IN ('completed', 'failed', 'cancelled') THEN clock_timestamp() END,
                                    -- All was read by then, so what was processed is the total.
                                    total_messages = CASE WHEN :to = 'verifying' THEN processed_messages ELSE total_messages END,
                                    total_calls    = CASE WHEN :to = 'verifying' THEN processed_calls ELSE total_calls END
                                WHERE id = :id AND status IN (:from)
                                """)
                .setParameter("to", to.text())
                .setParameter("reason", reason)
                .setParameter("id", id)
                .setParameter("from", from.stream().map(RunStatus::text).toList())
                .executeUpdate();
        return switch (changed) {
            case 0 -> false;
            case 1 -> {
                var level = to == RunStatus.FAILED ? EventLog.Level.ERROR : EventLog.Level.INFO;
                events.add(id, level, "status", reason == null ? "Now " + to.text() : "Now " + to.text() + ": " + reason);
                if (!to.isActive()) {
                    events.addSampleNow(id);
                    notices.noteEnd(id);
                }
                yield true;
            }
            default -> throw new IllegalStateException(changed + " runs have the id " + id);
        };
    }

    /**
     * Pauses a running run that cannot go on before a person has done something, and has that told.
     *
     * @param why what happened and what to do, for the page
     */
    @Transactional
    public void pauseForPerson(UUID id, String why) {
        if (change(id, RunStatus.RUNNING, RunStatus.PAUSED, why)) {
            notices.noteWait(id);
        }
    }

    /**
     * Keeps a run's status as it is until the transaction ends. Last of all locks: an import takes it right before the commit.
     * A transaction that opens or closes work looks again after it holds the lock, so that no run ends beside a retry.
     */
    @Transactional(TxType.MANDATORY)
    public RunStatus lock(UUID id) {
        // Not FOR UPDATE: rows that point to the run, which others add meanwhile, hold it up for no reason.
        return RunStatus.of((String) entityManager
                .createNativeQuery("SELECT status FROM import_runs WHERE id = :id FOR NO KEY UPDATE")
                .setParameter("id", id).getSingleResult());
    }

    /**
     * Keeps a run as it is until the transaction ends, like {@link #lock}, and lets what was received for it be stored only if
     * it is going on: what comes after a run has been given up may be another workspace's by then.
     *
     * @throws NotNowException.RunStopped when the run has ended
     */
    @Transactional(TxType.MANDATORY)
    public void requireGoingOn(UUID id) {
        var status = lock(id);
        if (status != RunStatus.RUNNING && status != RunStatus.PAUSED) {
            throw new NotNowException.RunStopped(status.text());
        }
    }

    /** Whether it is time for keep-runs to look at a running run: its batches have ended, and each file was tried once. */
    @Transactional
    public boolean mayEnd(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_runs WHERE id = :run AND status = 'running' AND listed_at IS NOT NULL)
                    AND NOT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult() && !media.someUntried(run);
    }

    /** Both generations of the API were found to have different things, for no documented reason. */
    @Transactional(TxType.MANDATORY)
    public void noteDisagreement(UUID run, String what) {
        entityManager.createNativeQuery("UPDATE import_runs SET disagreed_at = clock_timestamp() WHERE id = :run")
                .setParameter("run", run).executeUpdate();
        issues.add(run, List.of(Issue.warning("verification", "run", run.toString(), "The two APIs disagree. " + what, null)));
        events.add(run, EventLog.Level.WARNING, "verification", "The two APIs disagree. " + what);
    }

    /** What a verification found is being imported. */
    @Transactional(TxType.MANDATORY)
    public void noteRepair(UUID run) {
        entityManager.createNativeQuery("UPDATE import_runs SET repaired_at = clock_timestamp() WHERE id = :run")
                .setParameter("run", run).executeUpdate();
    }

    /** What all runs have imported is cleared. */
    @Transactional(TxType.MANDATORY)
    public void noteCleared() {
        entityManager.createNativeQuery("UPDATE import_runs SET cleared_at = coalesce(cleared_at, clock_timestamp())")
                .executeUpdate();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
