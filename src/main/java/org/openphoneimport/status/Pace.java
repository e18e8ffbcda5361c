package org.openphoneimport.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;

/** How fast an active run goes, and what follows from it. Called within a {@link Snapshot}. */
@ApplicationScoped
class Pace {

    // Shorter is livelier, but a long conversation would be taken for a standstill.
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    // Until then a wait disappears in the pace; a longer one makes it say nothing.
    private static final Duration SHORT_WAIT = Duration.ofMinutes(1);

    private final EntityManager entityManager;

    Pace(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Estimates estimates(Run run, @Nullable WaitingFor waitingFor, Instant now) {
        var total = run.totalConversations;
        double share = total == null || total == 0 ? 0 : (double) run.processedConversations / total;
        var before = before(run);
        return new Estimates(
                Estimates.expected(run.totalMessages, run.processedMessages, share,
                        before == null ? null : before.get("messages", Integer.class)),
                Estimates.expected(run.totalCalls, run.processedCalls, share,
                        before == null ? null : before.get("calls", Integer.class)),
                canTell(run, waitingFor, now) ? remaining(run, now) : null);
    }

    private boolean canTell(Run run, @Nullable WaitingFor waitingFor, Instant now) {
        return run.status() == RunStatus.RUNNING && run.listedAt != null
                && (waitingFor == null || (waitingFor.until() != null && waitingFor.until().isBefore(now.plus(SHORT_WAIT))))
                && !readsSlices(run);
    }

    /** Slices of time are few, and nobody knows how much each of them holds; what comes after them is counted. */
    private boolean readsSlices(Run run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_batches
                    WHERE run_id = :run AND kind = 'slice' AND status IN ('pending', 'running'))
                """).setParameter("run", run.id).getSingleResult();
    }

    /** What the last completed run of the same kind came to: a day is like another, a longer time is not like a shorter. */
    private @Nullable Tuple before(Run run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT total_messages AS messages, total_calls AS calls FROM import_runs
                WHERE status = 'completed' AND type = :type AND (type <> 'historical'
                    OR (window_from = :from AND window_to IS NOT DISTINCT FROM CAST(:to AS timestamptz)))
                ORDER BY completed_at DESC LIMIT 1
                """, Tuple.class)
                .setParameter("type", run.type)
                .setParameter("from", run.windowFrom)
                .setParameter("to", run.windowTo == null ? null : run.windowTo.toString())
                .getResultList();
        return rows.isEmpty() ? null : (Tuple) rows.getFirst();
    }

    /**
     * Weighs a conversation by the requests that it takes at least: one for its messages, one for its calls if it has one
     * other party; and a call by what is asked for it. What it takes beyond that is taken to be spread alike over those that
     * were read and those that are to be. Conversations of slices have no batch: they took no requests of their own.
     */
    private @Nullable Duration remaining(Run run, Instant now) {
        var row = (Tuple) entityManager.createNativeQuery("""
                SELECT since.at AS since,
                    coalesce(sum(weight) FILTER (WHERE status = 'pending'), 0)
                        + (SELECT count(*) FROM call_parts WHERE run_id = :run AND status = 'pending') AS requests,
                    coalesce(sum(weight) FILTER (WHERE completed_at > since.at), 0)
                        + (SELECT count(*) FROM call_parts WHERE run_id = :run AND asked_at > since.at) AS done
                FROM (
                    -- Since the last change of status: paused time is not slow time. Nor is that of slices.
                    SELECT greatest(CAST(:now AS timestamptz) - :look * interval '1 second', run.listed_at,
                        (SELECT max(at) FROM import_events WHERE run_id = run.id AND kind = 'status'),
                        (SELECT max(completed_at) FROM import_batches WHERE run_id = run.id AND kind = 'slice')) AS at
                    FROM import_runs AS run WHERE run.id = :run
                ) AS since
                LEFT JOIN (
                    SELECT reading.status, reading.completed_at, CASE
                        WHEN cardinality(conversation.participants) > 1 THEN 1
                        WHEN reading.status = 'pending' AND reading.stage = 'calls' THEN 1
                        ELSE 2 END AS weight
                    FROM import_conversations AS reading
                    JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                    WHERE reading.run_id = :run AND reading.same_thread_as IS NULL AND reading.batch_id IS NOT NULL
                ) AS reading ON true
                GROUP BY since.at
                """, Tuple.class)
                .setParameter("now", now)
                .setParameter("look", LOOK_BACK.toSeconds())
                .setParameter("run", run.id)
                .getSingleResult();
        return Estimates.remaining(((Number) row.get("requests")).longValue(), ((Number) row.get("done")).longValue(),
                Duration.between(row.get("since", Instant.class), now)).orElse(null);
    }
}
