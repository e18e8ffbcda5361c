package org.openphoneimport.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;

/**
 * Says which of the listed conversations a run reads, and from when on. A historical run reads all of them; a reconciliation
 * what the ledger lacks, and what can have changed since it was read: what moves {@code updatedAt} is documented nowhere, so
 * every hint counts.
 */
@ApplicationScoped
public class ReadingPlan {

    /** A conversation costs two requests by itself; all that was created since the beginning about a tenth of one for each. */
    private static final int FEW = 20;

    private final EntityManager entityManager;
    private final ReconciliationConfig config;
    private final Ledger ledger;

    ReadingPlan(EntityManager entityManager, ReconciliationConfig config, Ledger ledger) {
        this.entityManager = entityManager;
        this.config = config;
        this.ledger = ledger;
    }

    void make(UUID id) {
        var run = Run.withId(id).orElseThrow();
        switch (run.type()) {
            case HISTORICAL -> {
                chooseHidden(run);
                leaveOutOlder(id, text(run));
            }
            case RECONCILIATION -> {
                analyze();
                if (run.windowFromGiven) {
                    chooseActive(id, text(run));
                } else {
                    reachBack(run);
                    doubtLost(run);
                    chooseLacking(run);
                    chooseUnlisted(run);
                    chooseHidden(run);
                    widenWindow(run);
                }
            }
        }
    }

    private void leaveOutOlder(UUID run, @Nullable String after) {
        if (after != null) {
            entityManager.createNativeQuery("""
                    UPDATE import_conversations SET read_after = CAST(:after AS timestamptz) WHERE run_id = :run
                    """).setParameter("run", run).setParameter("after", after).executeUpdate();
        }
    }

    private void analyze() {
        entityManager.createNativeQuery("ANALYZE listed_conversations, conversation_records, messages, calls").executeUpdate();
    }

    /**
     * A window that was asked for: conversations in which something can have happened since its start, read from there on.
     * Those with the same number and parties are chosen together, since they are read together.
     */
    private void chooseActive(UUID run, @Nullable String after) {
        entityManager.createNativeQuery("""
                WITH listed AS (
                    SELECT listed.*, conversation.thread_key,
                        coalesce(listed.updated_at >= CAST(:after AS timestamptz), false)
                        OR coalesce(listed.last_activity_at >= CAST(:after AS timestamptz), false)
                        OR unsettled.conversation_id IS NOT NULL AS changed
                    FROM listed_conversations AS listed
                    JOIN conversations AS conversation ON conversation.id = listed.conversation_id
                    LEFT JOIN (%s) AS unsettled ON unsettled.conversation_id = listed.conversation_id
                    WHERE listed.listing_id = :run
                ), thread AS (
                    SELECT coalesce(thread_key, conversation_id) AS key, bool_or(changed) AS changed FROM listed GROUP BY 1
                )
                INSERT INTO import_conversations (run_id, conversation_id, read_after)
                SELECT :run, listed.conversation_id, CAST(:after AS timestamptz)
                FROM listed JOIN thread ON thread.key = coalesce(listed.thread_key, listed.conversation_id)
                WHERE thread.changed
                ORDER BY listed.position
                ON CONFLICT DO NOTHING
                """.formatted(UNSETTLED)).setParameter("run", run).setParameter("after", after).executeUpdate();
    }

    /** Conversations with a status that will change yet, and nothing shows when it does. */
    private static final String UNSETTLED = """
            SELECT conversation_id FROM messages
            WHERE created_at >= CAST(:after AS timestamptz) AND status IN ('queued', 'sent')
            UNION
            SELECT conversation_id FROM calls WHERE created_at >= CAST(:after AS timestamptz)
                AND status IN ('queued', 'initiated', 'ringing', 'in-progress')""";

    /**
     * Looks again for what came or changed late since all was read, however long ago that is. If never all was read, since the
     * first run. The ledger says that a time has been read, and not how long after it. What v1 alone has read since lists of
     * the newer API were read, these show again: v1 leaves out messages that failed, and may leave out files.
     */
    private void reachBack(Run run) {
        entityManager.createNativeQuery("""
                UPDATE import_runs AS run SET window_from = least(run.window_from, coalesce(listed.until,
                        (SELECT min(created_at) FROM import_runs WHERE cleared_at IS NULL)) - :overlap * interval '1 second',
                    CASE WHEN :dated AND %1$s > '-infinity' THEN %1$s - :overlap * interval '1 second' END)
                FROM workspace_listed AS listed WHERE run.id = :run
                """.formatted(LISTS_READ_TO))
                .setParameter("run", run.id)
                .setParameter("dated", Generation.of(run.api) == Generation.DATED)
                .setParameter("overlap", config.overlap().toMillis() / 1000.0).executeUpdate();
        entityManager.refresh(run);
    }

    /**
     * Up to when the newer API's lists of both messages and calls have been read from the beginning on, and are not in doubt.
     */
    private static final String LISTS_READ_TO = """
            (SELECT min(CASE WHEN record.doubted_at IS NULL THEN read_to(coalesce(record.read, '{}')) ELSE '-infinity' END)
                FROM unnest(ARRAY['messages', 'calls']) AS name(list)
                LEFT JOIN list_records AS record USING (list))""";

    /**
     * What should be here and is not has been lost, or was not given: what the ledger says of its conversation proves nothing
     * until that has been read from its beginning. That stays so where OpenPhone refuses.
     */
    private void doubtLost(Run run) {
        List<?> lost = entityManager.createNativeQuery("""
                SELECT listed.conversation_id FROM listed_conversations AS listed
                JOIN ledger ON ledger.conversation_id = listed.conversation_id
                WHERE listed.listing_id = :run AND listed.last_activity_at < read_to(ledger.%s)
                    AND NOT EXISTS (SELECT FROM messages WHERE id = listed.last_activity_id)
                    AND NOT EXISTS (SELECT FROM calls WHERE id = listed.last_activity_id)
                    AND NOT EXISTS (SELECT FROM unavailable_activities WHERE id = listed.last_activity_id)
                    AND listed.last_activity_id IS NOT NULL
                ORDER BY 1
                """.formatted(read(run)), String.class).setParameter("run", run.id).getResultList();
        lost.forEach(id -> ledger.doubtBefore(run.createdAt, (String) id));
    }

    /**
     * No window was asked for: conversations of which the ledger lacks something, from the start of what it lacks on, or where
     * something can have changed since they were read, less the overlap.
     */
    private void chooseLacking(Run run) {
        entityManager.createNativeQuery("""
                WITH listed AS (
                    SELECT listed.*, conversation.thread_key,
                        read_to(ledger.%2$s) AS read_to,
                        read_to(ledger.%2$s) = '-infinity' AND (conversation.thread_key IS NOT NULL OR :dated)
                        OR ledger.%2$s <> '{}'
                            AND NOT ledger.%2$s @> time_span(NULL, least(upper(ledger.%2$s), listed.last_activity_at))
                        OR coalesce(greatest(listed.updated_at, listed.last_activity_at)
                            >= least(read_to(ledger.%2$s) - :overlap * interval '1 second', :after), false)
                        OR (listed.last_activity_id IS NOT NULL AND message.id IS NULL AND call.id IS NULL
                            AND unavailable.id IS NULL)
                        OR unsettled.conversation_id IS NOT NULL AS changed
                    FROM listed_conversations AS listed
                    JOIN conversations AS conversation ON conversation.id = listed.conversation_id
                    JOIN ledger ON ledger.conversation_id = listed.conversation_id
                    LEFT JOIN messages AS message ON message.id = listed.last_activity_id
                    LEFT JOIN calls AS call ON call.id = listed.last_activity_id
                    LEFT JOIN unavailable_activities AS unavailable ON unavailable.id = listed.last_activity_id
                    LEFT JOIN (%1$s) AS unsettled ON unsettled.conversation_id = listed.conversation_id
                    WHERE listed.listing_id = :run
                ), thread AS (
                    SELECT coalesce(thread_key, conversation_id) AS key, bool_or(changed) AS changed, min(read_to) AS read_to
                    FROM listed GROUP BY 1
                )
                INSERT INTO import_conversations (run_id, conversation_id, read_after)
                SELECT :run, listed.conversation_id, CASE WHEN thread.read_to > '-infinity'
                    THEN least(thread.read_to - :overlap * interval '1 second', :after) - interval '1 millisecond' END
                FROM listed JOIN thread ON thread.key = coalesce(listed.thread_key, listed.conversation_id)
                WHERE thread.changed
                ORDER BY listed.position
                ON CONFLICT DO NOTHING
                """.formatted(UNSETTLED, read(run)))
                .setParameter("run", run.id)
                .setParameter("dated", Generation.of(run.api) == Generation.DATED)
                .setParameter("overlap", config.overlap().toMillis() / 1000.0)
                .setParameter("after", run.windowFrom)
                .executeUpdate();
    }

    /** v1, which lists all for both, may not list what it cannot be asked for: the API that reads is asked for that as well. */
    private void chooseUnlisted(Run run) {
        if (Generation.of(run.api) == Generation.DATED) {
            entityManager.createNativeQuery("""
                    INSERT INTO import_conversations (run_id, conversation_id)
                    SELECT :run, conversation.id
                    FROM ledger JOIN conversations AS conversation ON conversation.id = ledger.conversation_id
                    WHERE conversation.absent_since IS NULL AND read_to(ledger.read_whole) = '-infinity'
                        AND (ledger.left_out_others OR NOT ledger.one_to_one OR NOT v1_takes(conversation.participants))
                    ORDER BY conversation.id
                    ON CONFLICT DO NOTHING
                    """).setParameter("run", run.id).executeUpdate();
        }
    }

    /**
     * Where v1 reads and no list shows what only the newer API has ever listed, nothing tells whether it has changed: v1 is
     * asked, and what it refuses is in doubt.
     */
    private void chooseHidden(Run run) {
        if (Generation.of(run.api) == Generation.V1) {
            entityManager.createNativeQuery("""
                    INSERT INTO import_conversations (run_id, conversation_id)
                    SELECT :run, conversation.id
                    FROM conversation_lists AS known
                    JOIN conversations AS conversation ON conversation.id = known.conversation_id
                    WHERE conversation.absent_since IS NULL AND NOT 'v1' = ANY(known.apis) AND NOT EXISTS (
                        SELECT FROM listed_conversations WHERE listing_id = :run AND conversation_id = conversation.id)
                    ORDER BY conversation.id
                    ON CONFLICT DO NOTHING
                    """).setParameter("run", run.id).executeUpdate();
        }
    }

    /** The ledger's column that says what has been read, as far as the run's API gives it. */
    private static String read(Run run) {
        return switch (Generation.of(run.api)) {
            case V1 -> "read_of_v1";
            case DATED -> "read_whole";
        };
    }

    /** The run's window is what it reads of what was read before. */
    private void widenWindow(Run run) {
        entityManager.createNativeQuery("""
                UPDATE import_runs SET window_from = least(window_from, (SELECT min(read_after) + interval '1 millisecond'
                    FROM import_conversations WHERE run_id = :run))
                WHERE id = :run
                """).setParameter("run", run.id).executeUpdate();
        entityManager.refresh(run);
    }

    /**
     * From when on slices of time are read by a run that uses the API of 2026-03-30; empty for the beginning. A reconciliation
     * reads some conversations that the ledger lacks one by one beside the slices. It reads slices from the beginning where
     * that costs less, or never was done, or where v1 may not give all that is lacking: calls of groups, messages with short
     * codes and hidden callers, what it has refused, and what is doubted, since it leaves out messages that failed.
     */
    Optional<Instant> slicesFrom(UUID id) {
        var run = Run.withId(id).orElseThrow();
        if (run.type() == RunType.HISTORICAL || run.windowFromGiven) {
            return run.windowFromGiven ? Optional.of(run.windowFrom) : Optional.empty();
        }
        boolean fromTheBeginning = (Boolean) entityManager.createNativeQuery(
                """
                        SELECT count(*) FILTER (WHERE reading.read_after IS NULL) * :few
                                > (SELECT count(*) FROM conversations)
                            OR coalesce(bool_or(NOT (ledger.one_to_one AND ledger.thread_key IS NOT NULL)
                                    OR coalesce(ledger.messages_refused, ledger.calls_refused) IS NOT NULL
                                    OR record.messages_doubted_at IS NOT NULL AND list_leaves_out(record.conversation_id, 'message') IS NULL
                                    OR NOT v1_takes(conversation.participants))
                                FILTER (WHERE reading.read_after IS NULL), false)
                            OR %s = '-infinity'
                        FROM import_conversations AS reading JOIN ledger ON ledger.conversation_id = reading.conversation_id
                        JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                        LEFT JOIN conversation_records AS record ON record.conversation_id = reading.conversation_id
                        WHERE reading.run_id = :run
                        """
                        .formatted(LISTS_READ_TO))
                .setParameter("few", FEW).setParameter("run", id).getSingleResult();
        return fromTheBeginning ? Optional.empty() : Optional.of(run.windowFrom);
    }

    /** Has a run read conversations whole, as far as it was not given a time to begin at. */
    void readFromTheBeginning(UUID run, List<String> conversations) {
        entityManager.createNativeQuery("""
                UPDATE import_conversations SET read_after = NULL WHERE run_id = :run AND conversation_id = ANY(:ids)
                    AND NOT (SELECT window_from_given FROM import_runs WHERE id = :run)
                """).setParameter("run", run).setParameter("ids", conversations.toArray(String[]::new)).executeUpdate();
    }

    /** Whether it has listed conversations through both generations of the API. */
    boolean listsBoth(UUID id) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT witness IS NOT DISTINCT FROM 'v1' AND witness_obstacle IS NULL FROM import_runs WHERE id = :run
                """).setParameter("run", id).getSingleResult();
    }

    /** Whether a run before has shown that one generation of the API does not have what the other has. */
    boolean readsThroughBoth(UUID id) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT witness IS NOT DISTINCT FROM 'v1' AND witness_obstacle IS NULL AND EXISTS (
                    SELECT FROM import_runs WHERE disagreed_at IS NOT NULL AND cleared_at IS NULL)
                FROM import_runs WHERE id = :run
                """).setParameter("run", id).getSingleResult();
    }

    private static @Nullable String text(Run run) {
        var after = run.window().createdAfter();
        return after == null ? null : after.toString();
    }
}
