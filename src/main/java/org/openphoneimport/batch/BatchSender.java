package org.openphoneimport.batch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.openphoneimport.reading.BatchTable;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Sends batches whose records are not on the queue: new ones, those handed back, and those whose record or worker was lost. */
@ApplicationScoped
public class BatchSender {

    // Claims that ended in the worker's death. After one, a crash of the machine is likelier than a deadly batch.
    private static final int SUSPICIOUS = 2;

    private final EntityManager entityManager;
    private final BatchTable table;
    private final ImportQueue queue;

    BatchSender(EntityManager entityManager, BatchTable table, ImportQueue queue) {
        this.entityManager = entityManager;
        this.table = table;
        this.queue = queue;
    }

    /**
     * Sends the batches of a running run that are due.
     *
     * @param longestWait how long a record may be on the queue before it counts as lost
     * @return how many were sent
     */
    public int sendDue(UUID run, Duration longestWait) {
        var due = QuarkusTransaction.requiringNew().call(() -> due(run, longestWait));
        int sent = 0;
        // In tens, each noted at once: a kill in the midst leaves at worst ten records twice.
        for (int from = 0; from < due.size(); from += 10) {
            var taken = queue.send(due.subList(from, Math.min(due.size(), from + 10)), Duration.ZERO);
            noteSent(taken);
            sent += taken.size();
        }
        return sent;
    }

    /** Notes that records of these batches are on the queue. */
    void noteSent(Collection<UUID> batches) {
        if (!batches.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> table.noteSent(batches));
        }
    }

    /**
     * On one machine a batch that kills its worker takes others with it, which are no worse for that: of those that have seen
     * two deaths only one is under way at a time, so that in the end the deadly one dies alone.
     */
    private List<BatchRecord> due(UUID run, Duration longestWait) {
        List<?> ids = entityManager
                .createNativeQuery(
                        """
                                WITH due AS (
                                    SELECT batch.id, batch.number, batch.attempts
                                    FROM import_batches AS batch JOIN import_runs AS run ON run.id = batch.run_id
                                    WHERE run.id = :run AND run.status = 'running' AND run.listing_stage = 'done'
                                        AND batch.status IN ('pending', 'running')
                                        AND (batch.lease_until IS NULL OR batch.lease_until < clock_timestamp())
                                        AND batch.due_at <= clock_timestamp()
                                        AND (batch.sent_at IS NULL                 -- new, handed back, or of a run that stood still
                                            OR batch.sent_at < batch.lease_until   -- its worker died and it was not sent since
                                            OR greatest(batch.sent_at, batch.due_at) < clock_timestamp() - :wait * interval '1 second')
                                ), suspect AS (
                                    SELECT id, due_at FROM import_batches
                                    WHERE run_id = :run AND status IN ('pending', 'running') AND attempts >= :suspicious
                                )
                                SELECT id FROM due
                                WHERE attempts < :suspicious
                                    OR (id = (SELECT id FROM due WHERE attempts >= :suspicious ORDER BY attempts, number LIMIT 1)
                                        AND NOT EXISTS (SELECT FROM suspect WHERE due_at <= clock_timestamp() AND id NOT IN (SELECT id FROM due)))
                                ORDER BY attempts, number
                                """,
                        UUID.class)
                .setParameter("run", run)
                .setParameter("suspicious", SUSPICIOUS)
                .setParameter("wait", longestWait.toSeconds())
                .getResultList();
        return ids.stream().map(id -> new BatchRecord(run, (UUID) id)).toList();
    }
}
