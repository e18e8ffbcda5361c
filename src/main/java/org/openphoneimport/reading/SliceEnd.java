package org.openphoneimport.reading;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.run.Counters;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.Progress;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Ends slices, and with them the conversations of which no slice is open any more that covers their life. One slice ends at a
 * time: two that end at once would each leave what they share to the other.
 */
@ApplicationScoped
public class SliceEnd {

    private final EntityManager entityManager;
    private final BatchTable batches;
    private final IssueLog issues;
    private final EventLog events;
    private final Ledger ledger;
    private final Counters counters;

    SliceEnd(EntityManager entityManager, BatchTable batches, IssueLog issues, EventLog events, Ledger ledger,
            Counters counters) {
        this.entityManager = entityManager;
        this.batches = batches;
        this.issues = issues;
        this.events = events;
        this.ledger = ledger;
        this.counters = counters;
    }

    /** Ends a slice of which everything has been read. */
    @Transactional
    public void finish(BatchClaim.Held claim) {
        alone(claim.run());
        if (batches.finish(claim)) {
            endConversations(claim.run());
            ledger.settleDoubts(claim.run());
        }
    }

    /** Gives a slice up; returns false when it is another worker's by now. */
    @Transactional
    boolean fail(BatchClaim.Held claim, List<Issue> why) {
        alone(claim.run());
        boolean failed = batches.fail(claim);
        if (failed) {
            endConversations(claim.run());
            issues.add(claim.run(), why);
        }
        return failed;
    }

    /** Gives a slice up that no worker holds, since it kills its workers. */
    @Transactional
    public void fail(UUID run, OpenSlice slice, String why) {
        alone(run);
        batches.fail(slice.batch());
        endConversations(run);
        issues.add(run, List.of(Issue.error("batch", "slice", slice.range().toString(), "Not imported. " + why, null)));
        events.add(run, EventLog.Level.ERROR, "batch", why + "; it is not tried again until a retry");
    }

    private void alone(UUID run) {
        entityManager.createNativeQuery("""
                SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(:run, 0))) AS locked
                """).setParameter("run", "slices of " + run).getSingleResult();
    }

    @RegisterForReflection
    private record EndedRow(String conversationId, String status) {
    }

    /** What is known of a conversation's life is when it began and when something happened in it last. */
    private void endConversations(UUID run) {
        List<?> ended = entityManager.createNativeQuery(
                """
                        WITH life AS (
                            SELECT reading.conversation_id AS id,
                                coalesce(least(conversation.created_at, conversation.last_activity_at), '-infinity') AS first,
                                coalesce(greatest(conversation.created_at, conversation.last_activity_at), 'infinity') AS last
                            FROM import_conversations AS reading
                            JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                            WHERE reading.run_id = :run AND reading.status = 'pending' AND reading.batch_id IS NULL
                            ORDER BY reading.conversation_id FOR UPDATE OF reading
                        ), covered AS (
                            SELECT life.id, bool_or(slice.status IN ('pending', 'running')) AS open, bool_or(slice.status = 'failed') AS failed
                            FROM life LEFT JOIN import_batches AS slice ON slice.run_id = :run AND slice.kind = 'slice'
                                AND coalesce(slice.slice_from, '-infinity') <= life.last
                                AND coalesce(slice.slice_to, 'infinity') >= life.first
                            GROUP BY life.id
                        )
                        UPDATE import_conversations AS reading SET completed_at = clock_timestamp(),
                            status = CASE WHEN covered.failed THEN 'failed' ELSE 'done' END
                        FROM covered
                        WHERE reading.run_id = :run AND reading.conversation_id = covered.id AND covered.open IS NOT TRUE
                        RETURNING reading.conversation_id, reading.status
                        """,
                EndedRow.class).setParameter("run", run).getResultList();
        var done = ended.stream().map(EndedRow.class::cast).filter(row -> row.status().equals("done"))
                .map(row -> row.conversationId()).toList();
        if (!done.isEmpty()) {
            counters.add(run, new Progress(0, done.size(), 0, 0, 0, null, done.getLast()));
        }
    }
}
