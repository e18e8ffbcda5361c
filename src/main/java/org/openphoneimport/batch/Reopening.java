package org.openphoneimport.batch;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.activity.Activity;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Progress;

/** Has conversations read again from their first page to their last, in batches of their own at the end of a run. */
@ApplicationScoped
public class Reopening {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final BatchTable batches;
    private final Counters counters;

    Reopening(EntityManager entityManager, ImportConfig config, BatchTable batches, Counters counters) {
        this.entityManager = entityManager;
        this.config = config;
        this.batches = batches;
        this.counters = counters;
    }

    /**
     * Opens conversations that are stored and for which something can be asked. Rows that have vanished since they were
     * imported are taken out of all counts first: when they come again they are counted again.
     *
     * @return how many will be read again
     */
    @Transactional
    public int reopen(UUID run, List<String> conversations) {
        entityManager.createNativeQuery("CREATE TEMPORARY TABLE IF NOT EXISTS reopened (id text, first text) ON COMMIT DROP")
                .executeUpdate();
        int reopened = entityManager.createNativeQuery("""
                INSERT INTO reopened (id, first)
                SELECT twin.id, min(twin.id) OVER (PARTITION BY twin.thread_key)
                FROM conversations AS twin WHERE thread_key IN (
                    SELECT thread_key FROM conversations WHERE id = ANY(:conversations) AND thread_key IS NOT NULL)
                """).setParameter("conversations", conversations.toArray(String[]::new)).executeUpdate();
        countAnew(run);
        int threads = (Integer) entityManager.createNativeQuery("""
                SELECT CAST(count(DISTINCT first) AS integer) FROM reopened
                """, Integer.class).getSingleResult();
        var written = batches.write(run, BatchTable.Kind.CONVERSATIONS, threads, config.batchSize());
        entityManager
                .createNativeQuery(
                        """
                                WITH numbered AS (
                                    SELECT id, first, (CAST(:batches AS text[]))[1 + (dense_rank() OVER (ORDER BY first) - 1) / :size] AS batch
                                    FROM reopened
                                )
                                INSERT INTO import_conversations AS reading (run_id, conversation_id, batch_id, same_thread_as, read_after)
                                SELECT :run, numbered.id, CAST(numbered.batch AS uuid), CASE WHEN numbered.id <> numbered.first THEN numbered.first END,
                                    -- A window that was asked for stays; but what was read before it may have to be brought again.
                                    CASE WHEN run.window_from_given AND NOT lower_inf(ledger.read)
                                        THEN least(run.window_from, lower(ledger.read)) - interval '1 millisecond' END
                                FROM numbered
                                JOIN import_runs AS run ON run.id = :run
                                CROSS JOIN LATERAL (SELECT messages_read + calls_read AS read FROM ledger
                                    WHERE conversation_id = numbered.id) AS ledger
                                ORDER BY numbered.id
                                ON CONFLICT (run_id, conversation_id) DO UPDATE SET status = 'pending', batch_id = excluded.batch_id,
                                    same_thread_as = excluded.same_thread_as, stage = 'messages', page_token = NULL, attempts = 0,
                                    completed_at = NULL, refused = false, read_after = excluded.read_after
                                """)
                .setParameter("run", run)
                .setParameter("batches", written.stream().map(UUID::toString).toArray(String[]::new))
                .setParameter("size", config.batchSize())
                .executeUpdate();
        counters.recountConversations(run);
        return reopened;
    }

    private void countAnew(UUID run) {
        List<?> ids = entityManager.createNativeQuery("SELECT id FROM reopened", String.class).getResultList();
        var conversations = ids.stream().map(String.class::cast).toList();
        int messages = forgetVanished(run, Activity.MESSAGE);
        int calls = forgetVanished(run, Activity.CALL);
        for (var activity : Activity.values()) {
            activity.recordAnew(conversations);
        }
        counters.add(run, new Progress(0, 0, -messages, -calls, 0, null, null));
    }

    /** Returns how many of them the run had counted. */
    private int forgetVanished(UUID run, Activity activity) {
        return (Integer) entityManager.createNativeQuery("""
                WITH vanished AS (
                    SELECT record.conversation_id, greatest(0, record.%1$s - (SELECT count(digest) FROM %1$s AS stored
                        WHERE stored.conversation_id = record.conversation_id AND stored.absent_since IS NULL)) AS number
                    FROM conversation_records AS record JOIN reopened ON reopened.id = record.conversation_id
                ), noted AS (
                    UPDATE import_conversations AS reading SET %1$s = greatest(0, reading.%1$s - vanished.number)
                    FROM vanished
                    WHERE reading.run_id = :run AND reading.conversation_id = vanished.conversation_id
                )
                SELECT CAST(coalesce(sum(least(vanished.number, reading.%1$s)), 0) AS integer)
                FROM vanished JOIN import_conversations AS reading
                    ON reading.run_id = :run AND reading.conversation_id = vanished.conversation_id
                """.formatted(activity.table()), Integer.class).setParameter("run", run).getSingleResult();
    }
}
