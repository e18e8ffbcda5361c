package org.openphoneimport.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.reading.OpenCall;
import org.openphoneimport.reading.OpenContact;
import org.openphoneimport.reading.OpenConversation;
import org.openphoneimport.reading.OpenItem;
import org.openphoneimport.reading.OpenSlice;
import org.openphoneimport.reading.SliceCheckpoint;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Takes batches for workers, and gives them back. */
@ApplicationScoped
public class Batches {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final BatchTable batches;
    private final OpenItems items;
    private final BatchEnd end;

    Batches(EntityManager entityManager, ImportConfig config, BatchTable batches, OpenItems items, BatchEnd end) {
        this.entityManager = entityManager;
        this.config = config;
        this.batches = batches;
        this.items = items;
        this.end = end;
    }

    /** Takes a batch without a live lease. */
    @Transactional(TxType.REQUIRES_NEW)
    BatchClaim claim(BatchRecord record) {
        var run = Run.withId(record.runId());
        var batch = lock(record);
        if (run.isEmpty() || batch == null) {
            return new BatchClaim.Unknown();
        }
        if (run.get().status() != RunStatus.RUNNING) {
            return new BatchClaim.NotNeeded("its run is " + run.get().status().text());
        }
        if (!batch.open()) {
            return new BatchClaim.NotNeeded("it has ended");
        }
        if (batch.held()) {
            return new BatchClaim.NotNeeded("another worker holds it");
        }
        var slice = batch.slice(record.batchId());
        if (batch.attempts() >= config.maxAttempts()) {
            end.giveUp(record, slice, "The worker that imported batch " + batch.number() + " died " + batch.attempts()
                    + " times");
            return new BatchClaim.Poisoned(batch.number());
        }
        var owner = UUID.randomUUID();
        batches.take(record.batchId(), owner);
        var items = slice != null ? List.of(slice) : this.items.open(record.batchId(), batch.kind(), run.get());
        return new BatchClaim.Held(record.runId(), record.batchId(), batch.number(), owner, batch.idle(), items, batch.twins());
    }

    /** Whether a run's batches have all ended. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean allEnded(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult();
    }

    /**
     * Gives a batch back: the first of the steps of a hand-back.
     *
     * @param idle whether nothing was achieved
     * @param wait until it is due again, for deliveries that brought something
     * @param why it waits, for the page; null when it does not
     * @return until it is due again; null when it is another worker's by now
     */
    @Transactional(TxType.REQUIRES_NEW)
    @Nullable
    Duration release(BatchClaim.Held claim, boolean idle, Duration wait, @Nullable String why) {
        return batches.giveBack(claim, idle, wait, why);
    }

    private @Nullable Row lock(BatchRecord record) {
        List<?> rows = entityManager
                .createNativeQuery(
                        """
                                SELECT number, kind, attempts, idle_returns > 0 AS idle, status IN ('pending', 'running') AS open,
                                    coalesce(lease_until > clock_timestamp(), false) AS held,
                                    EXISTS (SELECT FROM import_conversations WHERE batch_id = :batch AND same_thread_as IS NOT NULL) AS twins,
                                    slice_from, slice_to, slice_stage, slice_place, slice_unfiltered
                                FROM import_batches WHERE id = :batch AND run_id = :run FOR UPDATE
                                """,
                        Row.class)
                .setParameter("batch", record.batchId())
                .setParameter("run", record.runId())
                .getResultList();
        return rows.isEmpty() ? null : (Row) rows.getFirst();
    }

    /**
     * Notes that OpenPhone answered others, but not for these.
     *
     * @param items all of one kind
     * @param max how often that may be
     * @return ids of those for which it has been tried often enough
     */
    @Transactional(TxType.REQUIRES_NEW)
    Set<String> countUnanswered(BatchClaim.Held claim, List<OpenItem> items, int max) {
        var ids = items.stream().map(OpenItem::id).toList();
        return items.isEmpty() ? Set.of() : Set.copyOf(switch (items.getFirst()) {
            case OpenConversation conversation -> countConversations(claim, ids, max);
            case OpenCall call -> CallPart.countUnanswered(claim.batch(), ids, max);
            case OpenContact contact -> DirectoryParts.countUnanswered(claim.batch(), ids, max);
            case OpenSlice slice -> batches.countUnanswered(claim) >= max ? ids : List.<String> of();
        });
    }

    private List<String> countConversations(BatchClaim.Held claim, List<String> ids, int max) {
        List<?> hopeless = entityManager.createNativeQuery("""
                WITH counted AS (
                    UPDATE import_conversations SET attempts = attempts + 1
                    WHERE run_id = :run AND conversation_id = ANY(:ids) AND status = 'pending'
                    RETURNING conversation_id, attempts
                )
                SELECT conversation_id FROM counted WHERE attempts >= :max
                """, String.class)
                .setParameter("run", claim.run())
                .setParameter("ids", ids.toArray(String[]::new))
                .setParameter("max", max)
                .getResultList();
        return hopeless.stream().map(String.class::cast).toList();
    }

    @RegisterForReflection
    private record Row(int number, String kind, int attempts, boolean idle, boolean open, boolean held, boolean twins,
            @Nullable Instant from, @Nullable Instant to, @Nullable String stage, @Nullable Instant place, boolean unfiltered) {

        /** What is to be read of it; null when it is no slice. */
        @Nullable
        OpenSlice slice(UUID batch) {
            return stage == null ? null
                    : new OpenSlice(batch, new TimeSlice(from, to), SliceCheckpoint.of(stage, place), unfiltered);
        }
    }
}
