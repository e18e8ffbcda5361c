package org.openphoneimport.run;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** A run's log for the page: state changes, batches, waits. */
@ApplicationScoped
public class EventLog {

    // Less, since keep-runs does not come on the second.
    private static final Duration MINUTE = Duration.ofSeconds(50);

    private final EntityManager entityManager;

    EventLog(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** How much a line matters. */
    public enum Level {
        /** Someone may care. */
        INFO,
        /** Look later. */
        WARNING,
        /** Look now. */
        ERROR
    }

    /**
     * Adds a line.
     *
     * @param kind what it is about: status, listing, batch, wait, issue, sample
     * @param what a whole sentence
     */
    @Transactional
    public void add(UUID run, Level level, String kind, String what) {
        entityManager.createNativeQuery("""
                INSERT INTO import_events (run_id, level, kind, what) VALUES (:run, :level, :kind, :what)
                """)
                .setParameter("run", run)
                .setParameter("level", level.name().toLowerCase(Locale.ROOT))
                .setParameter("kind", kind)
                .setParameter("what", what)
                .executeUpdate();
    }

    /**
     * Adds a sample, unless there is one of this minute: {@code {"granted", "refused", "waitedMillis", "conversations",
     * "messages", "calls"}}, each counted from the beginning.
     *
     * @return whether it was added
     */
    @Transactional
    public boolean addSample(UUID run) {
        return addSample(run, MINUTE);
    }

    /** Adds a sample in any case: of the moment when a run begins or ends, or what it did in between could not be told. */
    @Transactional
    public void addSampleNow(UUID run) {
        addSample(run, Duration.ZERO);
    }

    private boolean addSample(UUID run, Duration apart) {
        return entityManager.createNativeQuery("""
                INSERT INTO import_events (run_id, at, level, kind, what, figures)
                SELECT run.id, coalesce(run.completed_at, clock_timestamp()), 'info', 'sample',
                    'Imported ' || run.processed_conversations || ' conversations so far',
                    jsonb_build_object('granted', coalesce(rate.granted, 0), 'refused', coalesce(rate.refused, 0),
                        'waitedMillis', coalesce(rate.waited_millis, 0), 'conversations', run.processed_conversations,
                        'messages', run.processed_messages, 'calls', run.processed_calls)
                FROM import_runs AS run LEFT JOIN rate_limits AS rate ON rate.key_hash = run.key_hash
                WHERE run.id = :run AND NOT EXISTS (
                    SELECT FROM import_events
                    WHERE run_id = :run AND kind = 'sample' AND at > clock_timestamp() - :apart * interval '1 second')
                """).setParameter("run", run).setParameter("apart", apart.toSeconds()).executeUpdate() > 0;
    }

    /** Keeps the newest lines of a run. */
    @Transactional
    public void prune(UUID run, int lines) {
        entityManager.createNativeQuery("""
                DELETE FROM import_events WHERE run_id = :run AND id < (
                    SELECT id FROM import_events WHERE run_id = :run ORDER BY id DESC OFFSET :lines LIMIT 1)
                """).setParameter("run", run).setParameter("lines", lines).executeUpdate();
    }
}
