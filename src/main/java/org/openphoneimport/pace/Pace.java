package org.openphoneimport.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How fast an active run goes, and what follows from it. Called within a {@code Snapshot}. */
@ApplicationScoped
public class Pace {

    // Shorter is livelier, but a long conversation would be taken for a standstill.
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    // More than ten requests a second bring in that time; without a limit the last of them tell as much.
    private static final int MOST = 5_000;

    // Of a conversation with one other party.
    private static final double USUAL_WEIGHT = 2;

    // Until then a wait disappears in the pace; a longer one makes it say nothing.
    private static final Duration SHORT_WAIT = Duration.ofMinutes(1);

    private final EntityManager entityManager;

    Pace(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * What an active run is expected to come to, and how long it still takes.
     *
     * @param parts pending parts of calls
     */
    public Estimates estimates(Run run, long parts, @Nullable WaitingFor waitingFor, Instant now) {
        var total = run.totalConversations;
        double share = total == null || total == 0 ? 0 : (double) run.processedConversations / total;
        var before = before(run);
        return new Estimates(
                Estimates.expected(run.totalMessages, run.processedMessages, share,
                        before == null ? null : before.messages()),
                Estimates.expected(run.totalCalls, run.processedCalls, share,
                        before == null ? null : before.calls()),
                canTell(run, waitingFor, now) ? remaining(run, parts, now) : null);
    }

    private boolean canTell(Run run, @Nullable WaitingFor waitingFor, Instant now) {
        return run.status() == RunStatus.RUNNING && run.listedAt != null
                && (waitingFor == null || (waitingFor.until() != null && waitingFor.until().isBefore(now.plus(SHORT_WAIT))))
                && !readsSlices(run);
    }

    /** Slices of time are few, and how much each of them holds is unknown; what comes after them is counted. */
    private boolean readsSlices(Run run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_batches
                    WHERE run_id = :run AND kind = 'slice' AND status IN ('pending', 'running'))
                """).setParameter("run", run.id).getSingleResult();
    }

    @RegisterForReflection
    private record Before(@Nullable Integer messages, @Nullable Integer calls) {
    }

    /** What the last completed run of the same kind came to: a day is like another, a longer time is not like a shorter. */
    private @Nullable Before before(Run run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT total_messages AS messages, total_calls AS calls FROM import_runs
                WHERE status = 'completed' AND type = :type AND (type <> 'historical'
                    OR (window_from = :from AND window_to IS NOT DISTINCT FROM CAST(:to AS timestamptz)))
                ORDER BY completed_at DESC LIMIT 1
                """, Before.class)
                .setParameter("type", run.type)
                .setParameter("from", run.windowFrom)
                .setParameter("to", run.windowTo == null ? null : run.windowTo.toString())
                .getResultList();
        return rows.isEmpty() ? null : (Before) rows.getFirst();
    }

    @RegisterForReflection
    private record Row(Instant since, long read, long asked, long contacts, @Nullable Double weight) {
    }

    /**
     * Weighs a conversation by the requests that it takes at least: one for its messages, one for its calls if it has one
     * other party, none if another is asked for in its place; and calls and contacts by what is asked for them. What it takes
     * beyond that is
     * taken to be spread alike over those that were read and those that are to be, of which the last hundred tell.
     * Conversations of slices have no batch: they took no requests of their own.
     *
     * @param parts pending parts of calls
     */
    private @Nullable Duration remaining(Run run, long parts, Instant now) {
        var row = (Row) entityManager.createNativeQuery("""
                -- Told once: it would be told anew for each row.
                WITH since AS MATERIALIZED (
                    -- Since the last change of status: paused time is not slow time. Nor is that of slices.
                    SELECT greatest(CAST(:now AS timestamptz) - :look * interval '1 second', run.listed_at,
                        (SELECT max(at) FROM import_events WHERE run_id = :run AND kind = 'status'),
                        (SELECT max(completed_at) FROM import_batches WHERE run_id = :run AND kind = 'slice'),
                        (SELECT completed_at FROM import_conversations
                            WHERE run_id = :run AND completed_at IS NOT NULL AND batch_id IS NOT NULL
                            ORDER BY completed_at DESC OFFSET :most LIMIT 1),
                        (SELECT asked_at FROM call_parts WHERE run_id = :run AND asked_at IS NOT NULL
                            ORDER BY asked_at DESC OFFSET :most LIMIT 1),
                        (SELECT asked_at FROM directory_parts WHERE run_id = :run AND asked_at IS NOT NULL
                            ORDER BY asked_at DESC OFFSET :most LIMIT 1)) AS at
                    FROM import_runs AS run WHERE run.id = :run
                )
                SELECT (SELECT at FROM since) AS since,
                    -- In order, since that is how the index has them: how many they are is not known before.
                    (SELECT count(*) FROM (SELECT FROM import_conversations
                        WHERE run_id = :run AND batch_id IS NOT NULL AND completed_at > (SELECT at FROM since)
                        ORDER BY completed_at DESC LIMIT :most) AS reading) AS read,
                    (SELECT count(*) FROM (SELECT FROM call_parts
                        WHERE run_id = :run AND asked_at > (SELECT at FROM since)
                        ORDER BY asked_at DESC LIMIT :most) AS part)
                    + (SELECT count(*) FROM (SELECT FROM directory_parts
                        WHERE run_id = :run AND asked_at > (SELECT at FROM since)
                        ORDER BY asked_at DESC LIMIT :most) AS part) AS asked,
                    (SELECT count(*) FROM directory_parts WHERE run_id = :run AND status = 'pending') AS contacts,
                    (SELECT CAST(avg(CASE WHEN reading.same_thread_as IS NOT NULL THEN 0
                            WHEN cardinality(conversation.participants) > 1 THEN 1 ELSE 2 END) AS double precision)
                        FROM (SELECT conversation_id, same_thread_as FROM import_conversations
                            WHERE run_id = :run AND batch_id IS NOT NULL AND completed_at > (SELECT at FROM since)
                            ORDER BY completed_at DESC LIMIT 100) AS reading
                        JOIN conversations AS conversation ON conversation.id = reading.conversation_id) AS weight
                """, Row.class)
                .setParameter("now", now)
                .setParameter("look", LOOK_BACK.toSeconds())
                .setParameter("most", MOST)
                .setParameter("run", run.id)
                .getSingleResult();
        long open = run.totalConversations == null ? 0 : Math.max(0, run.totalConversations - run.processedConversations);
        double weight = row.weight() == null ? USUAL_WEIGHT : row.weight();
        return Estimates.remaining(Math.round(open * weight) + parts + row.contacts(),
                Math.round(row.read() * weight) + row.asked(), Duration.between(row.since(), now)).orElse(null);
    }
}
