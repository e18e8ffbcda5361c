package org.openphoneimport.start;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.batch.ImportConfig;
import org.openphoneimport.call.CallPart;

/**
 * Cuts the calls of a run, of which something is to be asked, into batches, when all conversations have been read. The first
 * batch holds one call: whether the plan has transcripts and summaries is found out by one request each.
 */
@ApplicationScoped
public class CallBatchCutter {

    private final EntityManager entityManager;
    private final ImportConfig config;

    CallBatchCutter(EntityManager entityManager, ImportConfig config) {
        this.entityManager = entityManager;
        this.config = config;
    }

    /** Returns how many batches are open then; while some are, none is cut. */
    @Transactional(TxType.REQUIRES_NEW)
    public int cut(UUID run) {
        lock(run);
        int open = open(run);
        if (open > 0) {
            return open;
        }
        int before = lastNumber(run);
        boolean first = isFirst(run);
        if (first) {
            CallPart.noteMissing(run);
            CallPart.reopenEarly(run);
        }
        return write(run, before, first ? 1 : Integer.MAX_VALUE, first ? 1 : config.batchSize());
    }

    /** Two at once would write the same batches twice, or take the first batch for one that has ended. */
    private void lock(UUID run) {
        entityManager.createNativeQuery("SELECT id FROM import_runs WHERE id = :run FOR UPDATE")
                .setParameter("run", run).getSingleResult();
    }

    private int open(UUID run) {
        return (Integer) entityManager.createNativeQuery("""
                SELECT CAST(count(*) AS integer) FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running')
                """, Integer.class).setParameter("run", run).getSingleResult();
    }

    private int lastNumber(UUID run) {
        return (Integer) entityManager.createNativeQuery("""
                SELECT coalesce(max(number), 0) FROM import_batches WHERE run_id = :run
                """, Integer.class).setParameter("run", run).getSingleResult();
    }

    private boolean isFirst(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'calls')
                """).setParameter("run", run).getSingleResult();
    }

    /** The calls that are asked for most come first: they show at once what the plan has. */
    private int write(UUID run, int before, int calls, int size) {
        return (Integer) entityManager
                .createNativeQuery(
                        """
                                WITH call AS (
                                    SELECT call_id, :before + 1 + (row_number() OVER (ORDER BY count(*) DESC, call_id DESC) - 1) / :size AS number
                                    FROM call_parts WHERE run_id = :run AND status = 'pending' AND batch_id IS NULL
                                    GROUP BY call_id ORDER BY count(*) DESC, call_id DESC LIMIT :calls
                                ), written AS (
                                    INSERT INTO import_batches (run_id, number, kind) SELECT DISTINCT :run, number, 'calls' FROM call
                                    RETURNING id, number
                                ), assigned AS (
                                    UPDATE call_parts AS part SET batch_id = written.id FROM call JOIN written ON written.number = call.number
                                    WHERE part.call_id = call.call_id AND part.run_id = :run AND part.status = 'pending'
                                )
                                SELECT CAST(count(*) AS integer) FROM written
                                """,
                        Integer.class)
                .setParameter("run", run)
                .setParameter("before", before)
                .setParameter("size", size)
                .setParameter("calls", calls)
                .getSingleResult();
    }
}
