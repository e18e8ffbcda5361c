package org.openphoneimport.listing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Ledger;

/** Cuts the conversations that were listed into batches. */
@ApplicationScoped
class BatchCutter {

    private static final String ALL = "true";
    private static final String FROM_THE_BEGINNING = "read_after IS NULL";
    /**
     * The one that lists a conversation gives its messages, too. Of lists of what was updated the other may show less of those
     * that it knows.
     */
    private static final String OF_V1_ALONE = """
            conversation_id IN (SELECT conversation_id FROM listed_conversations
                LEFT JOIN conversation_lists AS known USING (conversation_id)
                WHERE listing_id = :run AND by_v1 AND NOT by_dated
                    AND ((SELECT listed_whole FROM import_runs WHERE id = :run) OR NOT '2026-03-30' = ANY(known.apis)))""";
    /** v1 refuses messages with short codes and hidden callers, and the slices bring them: no need to ask it, and no error. */
    private static final String THAT_V1_TAKES = """
            conversation_id IN (SELECT id FROM conversations WHERE v1_takes(participants))""";

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final BatchTable batches;
    private final IssueLog issues;
    private final ReadingPlan plan;
    private final Counters counters;
    private final Ledger ledger;

    BatchCutter(EntityManager entityManager, ImportConfig config, BatchTable batches, IssueLog issues, ReadingPlan plan,
            Counters counters, Ledger ledger) {
        this.entityManager = entityManager;
        this.config = config;
        this.batches = batches;
        this.issues = issues;
        this.plan = plan;
        this.counters = counters;
        this.ledger = ledger;
    }

    /** What was cut. */
    record Cut(int conversations, int batches) {
    }

    /** @param slices cuts what is read beside the conversations, and returns how many batches that is */
    Cut cut(UUID run, ToIntFunction<UUID> slices) {
        refreshStatistics();
        plan.make(run);
        int batches = slices.applyAsInt(run) + cut(run, ALL);
        return new Cut(counters.recountConversations(run), batches);
    }

    /**
     * Slices of time bring everything that was created since some time; beside them those conversations are read that are read
     * from their beginning though the slices begin later; or all, where the lists of a run before lacked something.
     *
     * @param slices cuts them from a time on, null for the beginning, and returns how many there are
     */
    Cut cutBeside(UUID run, ToIntFunction<@Nullable Instant> slices) {
        refreshStatistics();
        plan.make(run);
        var from = plan.slicesFrom(run);
        int batches = slices.applyAsInt(from.orElse(null));
        if (plan.readsThroughBoth(run)) {
            batches += cut(run, THAT_V1_TAKES);
        } else {
            if (from.isPresent()) {
                batches += cut(run, FROM_THE_BEGINNING);
            }
            if (plan.listsBoth(run)) {
                plan.readFromTheBeginning(run, ledger.doubtUnshown(chosen(run, OF_V1_ALONE)));
                batches += cut(run, OF_V1_ALONE);
            }
        }
        return new Cut(counters.recountConversations(run), batches);
    }

    private List<String> chosen(UUID run, String which) {
        List<?> ids = entityManager.createNativeQuery("""
                SELECT conversation_id FROM import_conversations WHERE run_id = :run AND %s
                """.formatted(which), String.class).setParameter("run", run).getResultList();
        return ids.stream().map(String.class::cast).toList();
    }

    /** @param which of the conversations that the run reads, in SQL */
    private int cut(UUID run, String which) {
        endWithoutParties(run, which);
        pairTwins(run, which);
        return writeBatches(run, which);
    }

    /** Postgres has never seen this run's rows, and would join thousands of them as if there were one. */
    private void refreshStatistics() {
        entityManager.createNativeQuery("ANALYZE import_conversations, conversations").executeUpdate();
    }

    /** OpenPhone cannot be asked for anything about a conversation that has no other party. */
    private void endWithoutParties(UUID run, String which) {
        List<?> ended = entityManager.createNativeQuery("""
                UPDATE import_conversations AS listed SET status = 'done', completed_at = clock_timestamp()
                FROM conversations AS conversation
                WHERE listed.run_id = :run AND conversation.id = listed.conversation_id AND conversation.thread_key IS NULL
                    AND listed.status = 'pending' AND %s
                RETURNING listed.conversation_id
                """.formatted(which), String.class).setParameter("run", run).getResultList();
        issues.add(run, ended.stream().map(id -> Issue.warning("listing", "conversation", (String) id,
                "It has no number or no participants, so nothing can be asked for it; the conversation itself is stored", null))
                .toList());
    }

    /** Conversations with the same number and parties are asked for once: the first stands for all. */
    private void pairTwins(UUID run, String which) {
        entityManager.createNativeQuery("""
                UPDATE import_conversations AS listed SET same_thread_as = thread.first
                FROM (
                    SELECT listed.conversation_id AS id, first_value(listed.conversation_id)
                        OVER (PARTITION BY conversation.thread_key ORDER BY listed.position) AS first
                    FROM import_conversations AS listed JOIN conversations AS conversation
                        ON conversation.id = listed.conversation_id
                    WHERE listed.run_id = :run AND listed.status = 'pending' AND listed.batch_id IS NULL AND %s
                ) AS thread
                WHERE listed.run_id = :run AND listed.conversation_id = thread.id AND thread.id <> thread.first
                """.formatted(which)).setParameter("run", run).executeUpdate();
    }

    /** A listing that was repeated adds batches to those that there are. */
    private int writeBatches(UUID run, String which) {
        int threads = (Integer) entityManager.createNativeQuery("""
                SELECT CAST(count(*) AS integer) FROM import_conversations
                WHERE run_id = :run AND status = 'pending' AND batch_id IS NULL AND same_thread_as IS NULL AND %s
                """.formatted(which), Integer.class).setParameter("run", run).getSingleResult();
        var written = batches.write(run, BatchTable.Kind.CONVERSATIONS, threads, config.batchSize());
        entityManager.createNativeQuery("""
                UPDATE import_conversations AS listed
                SET batch_id = CAST((CAST(:batches AS text[]))[1 + (numbered.place - 1) / :size] AS uuid)
                FROM (
                    SELECT conversation_id, row_number() OVER (ORDER BY position) AS place
                    FROM import_conversations
                    WHERE run_id = :run AND status = 'pending' AND batch_id IS NULL AND same_thread_as IS NULL
                        AND %s
                ) AS numbered
                WHERE listed.run_id = :run
                    AND numbered.conversation_id = coalesce(listed.same_thread_as, listed.conversation_id)
                """.formatted(which))
                .setParameter("run", run)
                .setParameter("batches", written.stream().map(UUID::toString).toArray(String[]::new))
                .setParameter("size", config.batchSize())
                .executeUpdate();
        return written.size();
    }
}
