package org.openphoneimport.start;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Run;

/**
 * Says which of the listed conversations a run reads, and from when on. A historical run reads all of them; a reconciliation
 * those that can hold something new: nobody knows what moves {@code updatedAt}, so whatever hints at it counts.
 */
@ApplicationScoped
class ReadingPlan {

    private final EntityManager entityManager;

    ReadingPlan(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    void make(UUID id) {
        var run = Run.withId(id).orElseThrow();
        switch (run.type()) {
            case HISTORICAL -> leaveOutOlder(id, text(run));
            case RECONCILIATION -> chooseChanged(id, run.fillsGaps, text(run));
        }
    }

    private void leaveOutOlder(UUID run, @Nullable String after) {
        if (after != null) {
            entityManager.createNativeQuery("""
                    UPDATE import_conversations SET read_after = CAST(:after AS timestamptz) WHERE run_id = :run
                    """).setParameter("run", run).setParameter("after", after).executeUpdate();
        }
    }

    /**
     * Conversations with the same number and parties are chosen together, since they are read together; and from their
     * beginning, if one of them has never been.
     */
    private void chooseChanged(UUID run, boolean fillsGaps, @Nullable String after) {
        entityManager.createNativeQuery("ANALYZE listed_conversations, conversation_records, messages, calls").executeUpdate();
        entityManager.createNativeQuery("""
                WITH listed AS (
                    SELECT listed.*, conversation.thread_key, record.read_from,
                        coalesce(listed.updated_at >= CAST(:after AS timestamptz), false)
                        OR coalesce(listed.last_activity_at >= CAST(:after AS timestamptz), false)
                        OR (:fillsGaps AND record.read_from IS NULL AND conversation.thread_key IS NOT NULL)
                        OR (:fillsGaps AND listed.last_activity_id IS NOT NULL AND message.id IS NULL AND call.id IS NULL
                            AND unavailable.id IS NULL)
                        OR unsettled.conversation_id IS NOT NULL AS changed
                    FROM listed_conversations AS listed
                    JOIN conversations AS conversation ON conversation.id = listed.conversation_id
                    LEFT JOIN conversation_records AS record ON record.conversation_id = listed.conversation_id
                    LEFT JOIN messages AS message ON message.id = listed.last_activity_id
                    LEFT JOIN calls AS call ON call.id = listed.last_activity_id
                    LEFT JOIN unavailable_activities AS unavailable ON unavailable.id = listed.last_activity_id
                    LEFT JOIN (
                        -- A status that will change yet, and nothing shows when it does.
                        SELECT conversation_id FROM messages
                        WHERE created_at >= CAST(:after AS timestamptz) AND status IN ('queued', 'sent')
                        UNION
                        SELECT conversation_id FROM calls WHERE created_at >= CAST(:after AS timestamptz)
                            AND status IN ('queued', 'initiated', 'ringing', 'in-progress')
                    ) AS unsettled ON unsettled.conversation_id = listed.conversation_id
                    WHERE listed.run_id = :run
                ), thread AS (
                    SELECT coalesce(thread_key, conversation_id) AS key, bool_or(changed) AS changed,
                        bool_and(coalesce(read_from <= CAST(:after AS timestamptz), false)) AS known
                    FROM listed GROUP BY 1
                )
                INSERT INTO import_conversations (run_id, conversation_id, read_after)
                SELECT :run, listed.conversation_id, CASE WHEN thread.known OR NOT :fillsGaps
                    THEN CAST(:after AS timestamptz) END
                FROM listed JOIN thread ON thread.key = coalesce(listed.thread_key, listed.conversation_id)
                WHERE thread.changed
                ORDER BY listed.position
                ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("fillsGaps", fillsGaps)
                .setParameter("after", after)
                .executeUpdate();
    }

    private static @Nullable String text(Run run) {
        var after = run.window().createdAfter();
        return after == null ? null : after.toString();
    }
}
