package org.openphoneimport.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.PostgresTime;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.run.ImportConfig;

/**
 * Batches as they stand in {@code import_batches}: written, sent, claimed, moved on, ended, opened again. Nothing else writes
 * that table. A worker changes only a batch whose lease is still its own, and is told when it is another's by now.
 *
 * <p>
 * Those of a run are numbered from 1, of whatever kind they are; a listing that is repeated goes on with them. One at a time
 * may write them for a run, or two would take the same number.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class BatchTable {

    // A batch that gets on does not kill its workers: deaths before are forgotten.
    private static final String GOES_ON = "idle_returns = 0, attempts = 1";

    private static final String OPENED = """
            status = 'pending', sent_at = NULL, due_at = clock_timestamp(), completed_at = NULL""";

    private final EntityManager entityManager;
    private final ImportConfig config;

    BatchTable(EntityManager entityManager, ImportConfig config) {
        this.entityManager = entityManager;
        this.config = config;
    }

    /** What a batch is made of, as in {@code import_batches.kind}; a slice of time is one as well. */
    public enum Kind {
        /** Conversations, read one by one. */
        CONVERSATIONS,
        /** Calls, asked for their parts. */
        CALLS,
        /** Contacts, asked for what hangs on them. */
        CONTACTS
    }

    /** Writes as many as these items need, the last of which may be smaller; returns their ids in their order. */
    public List<UUID> write(UUID run, Kind kind, int items, int size) {
        List<?> ids = entityManager.createNativeQuery("""
                WITH written AS (
                    INSERT INTO import_batches (run_id, number, kind)
                    SELECT :run, last.number + position, :kind
                    FROM (SELECT coalesce(max(number), 0) AS number FROM import_batches WHERE run_id = :run) AS last,
                        generate_series(1, :batches) AS position
                    RETURNING id, number
                )
                SELECT id FROM written ORDER BY number
                """, UUID.class)
                .setParameter("run", run)
                .setParameter("kind", kind.name().toLowerCase(Locale.ROOT))
                .setParameter("batches", Math.ceilDiv(items, size))
                .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /**
     * Writes a slice of time.
     *
     * @param from what is read of it first
     * @param unfiltered whether OpenPhone ignores times, so that all is read
     */
    public void writeSlice(UUID run, SliceCheckpoint from, TimeSlice slice, boolean unfiltered) {
        entityManager.createNativeQuery("""
                INSERT INTO import_batches (run_id, number, kind, slice_from, slice_to, slice_stage, slice_unfiltered)
                SELECT :run, coalesce(max(number), 0) + 1, 'slice', CAST(:from AS timestamptz), CAST(:to AS timestamptz),
                    :stage, :unfiltered
                FROM import_batches WHERE run_id = :run
                """)
                .setParameter("run", run)
                .setParameter("stage", from.stage().text())
                .setParameter("from", text(slice.from()))
                .setParameter("to", text(slice.to()))
                .setParameter("unfiltered", unfiltered)
                .executeUpdate();
    }

    /** Notes that records of these are on the queue. */
    public void noteSent(Collection<UUID> batches) {
        entityManager.createNativeQuery("""
                UPDATE import_batches SET sent_at = clock_timestamp()
                WHERE id IN (SELECT id FROM import_batches WHERE id = ANY(:batches) ORDER BY id FOR UPDATE)
                """).setParameter("batches", batches.toArray(UUID[]::new)).executeUpdate();
    }

    /** Whatever became of the records of a run's open ones: all are to be sent again. */
    public void forgetSent(UUID run) {
        entityManager.createNativeQuery("""
                UPDATE import_batches SET sent_at = NULL WHERE id IN (
                    SELECT id FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running')
                    ORDER BY id FOR UPDATE)
                """).setParameter("run", run).executeUpdate();
    }

    /** Gives one to an owner, who has locked it and found that no other has it. */
    public void take(UUID batch, UUID owner) {
        entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'running', attempts = attempts + 1, waiting_for = NULL, lease_owner = :owner,
                    lease_until = clock_timestamp() + :lease * interval '1 second'
                WHERE id = :batch
                """)
                .setParameter("owner", owner)
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("batch", batch)
                .executeUpdate();
    }

    /**
     * Gives one back that is to be tried again.
     *
     * @param idle whether nothing was achieved
     * @param wait until it is due again, for deliveries that brought something
     * @param why it waits, for the page; null when it does not
     * @return until it is due again; null when it is another worker's by now
     */
    public @Nullable Duration giveBack(BatchClaim.Held claim, boolean idle, Duration wait, @Nullable String why) {
        List<?> seconds = by(claim, entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'pending', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL,
                    sent_at = NULL, waiting_for = CAST(:why AS text),
                    idle_returns = CASE WHEN :idle THEN idle_returns + 1 ELSE 0 END,
                    due_at = clock_timestamp() + interval '1 second' * CASE WHEN :idle
                        THEN greatest(:wait, least(:longest, :shortest * power(2, least(idle_returns, 20)))) ELSE :wait END
                WHERE id = :batch AND lease_owner = :owner
                RETURNING CAST(extract(epoch FROM due_at - clock_timestamp()) AS double precision)
                """, Double.class))
                .setParameter("why", why)
                .setParameter("idle", idle)
                .setParameter("wait", wait.toMillis() / 1000.0)
                .setParameter("longest", config.longestReturn().toMillis() / 1000.0)
                .setParameter("shortest", config.shortestReturn().toMillis() / 1000.0)
                .getResultList();
        return seconds.isEmpty() ? null : Duration.ofMillis(Math.max(0, Math.round(1000 * (Double) seconds.getFirst())));
    }

    /** Renews a lease; returns false when the batch is another worker's by now. */
    boolean renew(BatchClaim.Held claim) {
        return by(claim, entityManager.createNativeQuery("""
                UPDATE import_batches SET lease_until = clock_timestamp() + :lease * interval '1 second'
                WHERE id = :batch AND lease_owner = :owner
                """)).setParameter("lease", config.lease().toSeconds()).executeUpdate() == 1;
    }

    /** Renews the lease of one that gets on; returns false when the batch is another worker's by now. */
    boolean goOn(BatchClaim.Held claim) {
        return by(claim, entityManager.createNativeQuery("""
                UPDATE import_batches SET lease_until = clock_timestamp() + :lease * interval '1 second', %s
                WHERE id = :batch AND lease_owner = :owner
                """.formatted(GOES_ON))).setParameter("lease", config.lease().toSeconds()).executeUpdate() == 1;
    }

    /** Moves a slice on and renews its lease; returns false when it does not stand there, or is another worker's by now. */
    boolean goOn(BatchClaim.Held claim, SliceCheckpoint from, SliceCheckpoint to) {
        return by(claim, entityManager.createNativeQuery("""
                UPDATE import_batches SET lease_until = clock_timestamp() + :lease * interval '1 second', %s,
                    slice_unanswered = 0, slice_stage = :toStage, slice_place = CAST(:toPlace AS timestamptz)
                WHERE id = :batch AND lease_owner = :owner AND slice_stage = :fromStage
                    AND slice_place IS NOT DISTINCT FROM CAST(:fromPlace AS timestamptz)
                """.formatted(GOES_ON)))
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("toStage", to.stage().text())
                .setParameter("toPlace", to.at() == null ? null : PostgresTime.text(to.at()))
                .setParameter("fromStage", from.stage().text())
                .setParameter("fromPlace", from.at() == null ? null : PostgresTime.text(from.at()))
                .executeUpdate() == 1;
    }

    /** Counts that OpenPhone answered others, but not for a slice; returns how often that was. */
    public int countUnanswered(BatchClaim.Held claim) {
        return (Integer) entityManager.createNativeQuery("""
                UPDATE import_batches SET slice_unanswered = slice_unanswered + 1 WHERE id = :batch RETURNING slice_unanswered
                """, Integer.class).setParameter("batch", claim.batch()).getSingleResult();
    }

    /** Ends one of which everything has been read; returns false when it has not been, or is another worker's by now. */
    public boolean finish(BatchClaim.Held claim) {
        return by(claim, entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'done', completed_at = clock_timestamp(), lease_owner = NULL,
                    lease_until = NULL, attempts = 0
                WHERE id = :batch AND lease_owner = :owner AND CASE kind WHEN 'slice' THEN slice_stage = 'done'
                    ELSE NOT EXISTS (SELECT FROM import_conversations WHERE batch_id = :batch AND status = 'pending')
                        AND NOT EXISTS (SELECT FROM call_parts WHERE batch_id = :batch AND status = 'pending')
                        AND NOT EXISTS (SELECT FROM directory_parts WHERE batch_id = :batch AND status = 'pending') END
                """)).executeUpdate() == 1;
    }

    /** Gives one up; returns false when it is another worker's by now. */
    boolean fail(BatchClaim.Held claim) {
        return by(claim, entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'failed', completed_at = clock_timestamp(), lease_owner = NULL,
                    lease_until = NULL, attempts = 0
                WHERE id = :batch AND lease_owner = :owner
                """)).executeUpdate() == 1;
    }

    /** Gives one up that no worker holds, since it kills its workers. */
    public void fail(UUID batch) {
        entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'failed', completed_at = clock_timestamp(), lease_owner = NULL,
                    lease_until = NULL
                WHERE id = :batch
                """).setParameter("batch", batch).executeUpdate();
    }

    /**
     * Opens those that have ended, to be tried again.
     *
     * @param slices whether slices of the run that failed are as well: together, since no conversation belongs to one of them
     * @return how many slices
     */
    public int reopen(UUID run, Collection<UUID> batches, boolean slices) {
        List<?> kinds = entityManager.createNativeQuery("""
                UPDATE import_batches SET %s, attempts = 0, idle_returns = 0, slice_unanswered = 0
                WHERE status IN ('done', 'failed') AND id = ANY(:batches)
                    OR :slices AND run_id = :run AND kind = 'slice' AND status = 'failed'
                RETURNING kind
                """.formatted(OPENED), String.class)
                .setParameter("run", run)
                .setParameter("batches", batches.toArray(UUID[]::new))
                .setParameter("slices", slices)
                .getResultList();
        return (int) kinds.stream().filter("slice"::equals).count();
    }

    /** Has all slices begin anew when one has failed and a later run has received rows; returns how many. */
    public int restartFailedSlices(UUID run) {
        return entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'failed', slice_stage = 'messages', slice_place = NULL
                WHERE run_id = :run AND kind = 'slice'
                    AND EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status = 'failed')
                    AND EXISTS (SELECT FROM import_runs AS later
                        WHERE later.created_at > (SELECT created_at FROM import_runs WHERE id = :run))
                """).setParameter("run", run).executeUpdate();
    }

    /** Opens the newest slice of a run that has ended, from its beginning; returns how many that were. */
    public int restartNewestSlice(UUID run) {
        return entityManager.createNativeQuery("""
                UPDATE import_batches SET %s, slice_stage = 'messages', slice_place = NULL
                WHERE run_id = :run AND kind = 'slice' AND status IN ('done', 'failed') AND number = 1
                """.formatted(OPENED)).setParameter("run", run).executeUpdate();
    }

    private static Query by(BatchClaim.Held claim, Query change) {
        return change.setParameter("batch", claim.batch()).setParameter("owner", claim.owner());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
