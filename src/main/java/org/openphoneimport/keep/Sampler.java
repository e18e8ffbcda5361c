package org.openphoneimport.keep;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Notes once a minute how far a run is and what the rate limiter did, for the page's chart, and keeps the log bounded. The
 * figures are {@code {"granted", "refused", "waitedMillis", "conversations", "messages", "calls"}}, each counted from the
 * beginning.
 */
@ApplicationScoped
class Sampler {

    // At a sample a minute and some lines a batch: days of a run.
    private static final int LINES = 10_000;

    private final EntityManager entityManager;

    Sampler(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    void sample(UUID run) {
        QuarkusTransaction.requiringNew().run(() -> {
            int added = entityManager.createNativeQuery("""
                    INSERT INTO import_events (run_id, level, kind, what, figures)
                    SELECT run.id, 'info', 'sample', 'Imported ' || run.processed_conversations || ' conversations so far',
                        jsonb_build_object('granted', coalesce(rate.granted, 0), 'refused', coalesce(rate.refused, 0),
                            'waitedMillis', coalesce(rate.waited_millis, 0), 'conversations', run.processed_conversations,
                            'messages', run.processed_messages, 'calls', run.processed_calls)
                    FROM import_runs AS run LEFT JOIN rate_limits AS rate ON rate.key_hash = run.key_hash
                    WHERE run.id = :run AND NOT EXISTS (
                        SELECT FROM import_events
                        WHERE run_id = :run AND kind = 'sample' AND at > clock_timestamp() - interval '50 seconds')
                    """).setParameter("run", run).executeUpdate();
            if (added > 0) {
                prune(run);
            }
        });
    }

    private void prune(UUID run) {
        entityManager.createNativeQuery("""
                DELETE FROM import_events WHERE run_id = :run AND id < (
                    SELECT id FROM import_events WHERE run_id = :run ORDER BY id DESC OFFSET :lines LIMIT 1)
                """).setParameter("run", run).setParameter("lines", LINES).executeUpdate();
    }
}
