package org.openphoneimport.activity;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * What a conversation consists of. Both kinds are counted for runs, and recorded for verification, in the same way: a run's
 * counter grows by the rows whose {@code last_run_id} changed, so a row that comes twice is counted once.
 */
public enum Activity {
    /** In {@code messages}. */
    MESSAGE("messages"),
    /** In {@code calls}. */
    CALL("calls");

    // Columns that count them go by the table's name.
    private static final String NOTE = """
            WITH received AS (
                SELECT DISTINCT ON (id) id, conversation_id
                FROM unnest(CAST(:ids AS text[]), CAST(:conversations AS text[])) AS received(id, conversation_id)
                ORDER BY id
            ), before AS (
                SELECT stored.id, stored.conversation_id, CAST(stored.digest AS numeric) AS digest,
                    stored.digest IS NOT NULL AND stored.absent_since IS NULL AS recorded,
                    stored.last_run_id IS NOT DISTINCT FROM :run AS counted,
                    CASE WHEN stored.last_run_id = :run THEN stored.conversation_id
                        ELSE coalesce(received.conversation_id, stored.conversation_id) END AS belongs_to
                FROM activities AS stored JOIN received ON received.id = stored.id
            ), written AS (
                UPDATE activities AS stored SET last_run_id = :run, absent_since = NULL, conversation_id = before.belongs_to,
                    digest = row_digest(stored)
                FROM before
                WHERE stored.id = before.id AND (NOT before.counted OR stored.absent_since IS NOT NULL
                    OR stored.digest IS DISTINCT FROM row_digest(stored))
                RETURNING stored.id, stored.conversation_id, CAST(stored.digest AS numeric) AS digest, NOT before.counted AS first
            ), listed AS (
                DELETE FROM found_by_id AS found USING received WHERE found.id = received.id
            ), noted AS (
                UPDATE import_conversations AS reading SET activities = reading.activities + share.activities
                FROM (SELECT conversation_id, count(*) AS activities FROM written WHERE first GROUP BY conversation_id) AS share
                WHERE reading.run_id = :run AND reading.conversation_id = share.conversation_id
            ), recorded AS (
                INSERT INTO conversation_records AS record (conversation_id, activities, activities_digest)
                SELECT conversation_id, sum(number), sum(digest) FROM (
                    SELECT conversation_id, 1 AS number, digest FROM written
                    UNION ALL
                    SELECT before.conversation_id, -1, -before.digest
                    FROM before JOIN written ON written.id = before.id WHERE before.recorded
                ) AS change
                WHERE conversation_id IS NOT NULL
                GROUP BY conversation_id HAVING sum(number) <> 0 OR sum(digest) <> 0
                ORDER BY conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET activities = record.activities + excluded.activities,
                    activities_digest = record.activities_digest + excluded.activities_digest
            )
            SELECT count(*) FROM written WHERE first
            """;

    private static final String FORGET = """
            UPDATE activities SET last_run_id = NULL WHERE last_run_id = :run AND (CAST(:conversations AS text[]) IS NULL
                OR conversation_id = ANY(CAST(:conversations AS text[])))
            """;

    private static final String GONE = """
            WITH known AS (
                DELETE FROM found_by_id WHERE id = :id
            ), gone AS (
                UPDATE activities SET absent_since = clock_timestamp() WHERE id = :id AND absent_since IS NULL
                RETURNING conversation_id, CAST(digest AS numeric) AS digest
            )
            """;

    private static final String UNRECORD = """
            UPDATE conversation_records AS record SET activities = record.activities - gone.number,
                activities_digest = record.activities_digest - gone.digest
            FROM (SELECT conversation_id, count(digest) AS number, coalesce(sum(digest), 0) AS digest
                FROM gone GROUP BY conversation_id) AS gone
            WHERE record.conversation_id = gone.conversation_id
            """;

    private static final String RECORD_ANEW = """
            UPDATE conversation_records AS record SET (activities, activities_digest) = (
                SELECT count(digest), coalesce(sum(digest), 0) FROM activities
                WHERE conversation_id = record.conversation_id AND absent_since IS NULL)
            WHERE conversation_id = ANY(:conversations)
            """;

    private final String table;

    Activity(String table) {
        this.table = table;
    }

    /** Where they are stored: {@code messages} or {@code calls}. */
    public String table() {
        return table;
    }

    /** What issues and discrepancies call one: {@code message} or {@code call}. */
    public String subject() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Takes rows out of the record of what is stored: a part of a statement, whose part {@code gone} returns their
     * {@code conversation_id} and {@code digest}.
     */
    public String unrecordGone() {
        return of(UNRECORD);
    }

    /** Records what is stored of these conversations, whatever was recorded before. */
    public void recordAnew(List<String> conversations) {
        Panache.getEntityManager().createNativeQuery(of(RECORD_ANEW))
                .setParameter("conversations", conversations.toArray(String[]::new)).executeUpdate();
    }

    private String of(String sql) {
        return sql.replace("activities", table);
    }

    /**
     * Takes from a run what it has received, so that all of it counts when it comes again.
     *
     * @param conversations of these; null for all
     */
    public void forget(UUID run, @Nullable List<String> conversations) {
        Panache.getEntityManager().createNativeQuery(of(FORGET))
                .setParameter("run", run)
                .setParameter("conversations", conversations == null ? null : conversations.toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * Notes that OpenPhone gives one by its id that no list has shown. What a list shows later is noted no more; a list that
     * goes on without it may leave out others, too.
     */
    public void noteUnlisted(String conversation, String id) {
        Panache.getEntityManager().createNativeQuery("""
                INSERT INTO found_by_id (id, conversation_id, subject) VALUES (:id, :conversation, :subject)
                ON CONFLICT DO NOTHING
                """).setParameter("id", id).setParameter("conversation", conversation)
                .setParameter("subject", subject()).executeUpdate();
    }

    /** OpenPhone does not give it by its id any more: it is absent, and its list has left out nothing. */
    public void forgetUnlisted(String id) {
        Panache.getEntityManager().createNativeQuery(of(GONE + UNRECORD)).setParameter("id", id).executeUpdate();
    }

    /**
     * One that was received and is stored.
     *
     * @param conversationId the conversation that it belongs to; null when that is not known, which changes nothing
     */
    public record Received(String id, @Nullable String conversationId) {
    }

    /**
     * Writes down that a run has received these, and what is stored of them; in the transaction that has stored them.
     *
     * @return how many of them this run had not received before; exact, since the rows are locked until the commit
     */
    public int note(List<Received> received, UUID run) {
        var first = (Number) Panache.getEntityManager().createNativeQuery(of(NOTE))
                .setParameter("run", run)
                .setParameter("ids", received.stream().map(Received::id).toArray(String[]::new))
                .setParameter("conversations", received.stream().map(Received::conversationId).toArray(String[]::new))
                .getSingleResult();
        return first.intValue();
    }
}
