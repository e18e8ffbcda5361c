package org.openphoneimport.run;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What has been read of the workspace, as ranges of creation time. It is written in the transaction that stores the rows, by
 * every kind of run, and nothing else widens it: not a listing, not a verdict, not a run's status. A range ends where its run
 * began: what was created later may have been missed. What OpenPhone refused, or was asked for as a member, was not read.
 *
 * <p>
 * A list of the whole workspace covers every conversation ({@link ListLedger}). So a conversation's ranges are its own together
 * with those of the lists (view {@code ledger}).
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class Ledger {

    /** Whether the run of a batch reads up to now. */
    private static final String WITHOUT_END = """
            (SELECT run.window_to IS NULL FROM import_runs AS run JOIN import_batches AS batch ON batch.run_id = run.id
                WHERE batch.id = :batch)""";

    /** What a batch was to read of a conversation. */
    private static final String TO_BE_READ = """
            (SELECT tstzmultirange(tstzrange(reading.read_after, NULL)) FROM import_conversations AS reading
                WHERE reading.batch_id = :batch AND reading.conversation_id = excluded.conversation_id)""";

    private final EntityManager entityManager;
    private final ListLedger lists;

    Ledger(EntityManager entityManager, ListLedger lists) {
        this.entityManager = entityManager;
        this.lists = lists;
    }

    /**
     * How the reading of one conversation ended, for its messages and its calls.
     *
     * @param conversation its id
     * @param messages whether the last page of its messages is stored
     * @param calls the same for its calls
     * @param messagesRefused what OpenPhone said when it refused them; null when it did not
     * @param callsRefused the same for its calls
     */
    @RegisterForReflection
    public record Reading(String conversation, boolean messages, boolean calls, @Nullable String messagesRefused,
            @Nullable String callsRefused) {
    }

    /** Adds what a batch has read of conversations; those with the same number and parties were read with them. */
    public void addReadings(UUID batch, List<Reading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        entityManager.createNativeQuery("""
                INSERT INTO conversation_records AS record
                    (conversation_id, messages_read, calls_read, messages_refused, calls_refused)
                SELECT reading.conversation_id,
                    CASE WHEN ended.messages AND unlisted.messages IS NULL THEN span.read ELSE '{}' END,
                    CASE WHEN ended.calls AND unlisted.calls IS NULL THEN span.read ELSE '{}' END,
                    coalesce(ended.messages_refused, unlisted.messages), coalesce(ended.calls_refused, unlisted.calls)
                FROM jsonb_to_recordset(CAST(:readings AS jsonb)) AS ended(conversation text, messages boolean,
                    calls boolean, messages_refused text, calls_refused text)
                JOIN import_conversations AS reading
                    ON coalesce(reading.same_thread_as, reading.conversation_id) = ended.conversation
                JOIN import_runs AS run ON run.id = reading.run_id
                -- OpenPhone was asked for a millisecond more, see Window.
                CROSS JOIN LATERAL (SELECT time_span(reading.read_after + interval '1 millisecond',
                    least(run.window_to, run.created_at)) AS read) AS span
                CROSS JOIN LATERAL (SELECT list_leaves_out(reading.conversation_id, 'message') AS messages,
                    list_leaves_out(reading.conversation_id, 'call') AS calls) AS unlisted
                WHERE reading.batch_id = :batch
                ORDER BY reading.conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET
                    -- What was to be read again, since it may have changed, and is refused, is not as it was read before.
                    messages_read = CASE WHEN excluded.messages_refused IS NULL
                        THEN record.messages_read + excluded.messages_read ELSE record.messages_read - %2$s END,
                    calls_read = CASE WHEN excluded.calls_refused IS NULL
                        THEN record.calls_read + excluded.calls_read ELSE record.calls_read - %2$s END,
                    messages_refused = CASE WHEN excluded.messages_read = '{}'
                        THEN coalesce(excluded.messages_refused, record.messages_refused) END,
                    calls_refused = CASE WHEN excluded.calls_read = '{}'
                        THEN coalesce(excluded.calls_refused, record.calls_refused) END,
                    -- What was doubted has been read again, all of it.
                    messages_doubted_at = CASE WHEN NOT (lower_inf(excluded.messages_read) AND %1$s)
                        THEN record.messages_doubted_at END,
                    calls_doubted_at = CASE WHEN NOT (lower_inf(excluded.calls_read) AND %1$s)
                        THEN record.calls_doubted_at END
                """.formatted(WITHOUT_END, TO_BE_READ))
                .setParameter("batch", batch)
                .setParameter("readings", JsonRows.rows(readings))
                .executeUpdate();
    }

    /**
     * Doubts what was read of a conversation, and of those with the same number and parties: it does not count until it has
     * been read from its beginning again. Doubt is kept here and not in the verdict that found it, because the next
     * verification does not see what this one saw.
     *
     * @param messages whether its messages are in doubt
     * @param calls whether its calls are
     * @param refused what OpenPhone said when it refused to give them again; null when it did not
     */
    public void doubt(String conversation, boolean messages, boolean calls, @Nullable String refused) {
        doubt(conversation, messages, calls, refused, null);
    }

    /** Doubts what was read of a conversation before some time: a run that began then, and reads all of it, settles that. */
    public void doubtBefore(Instant time, String conversation) {
        doubt(conversation, true, true, null, time.minusMillis(1));
    }

    private void doubt(String conversation, boolean messages, boolean calls, @Nullable String refused, @Nullable Instant at) {
        entityManager.createNativeQuery("""
                INSERT INTO conversation_records AS record (conversation_id, messages_doubted_at, calls_doubted_at,
                    messages_refused, calls_refused)
                SELECT id, CASE WHEN :messages THEN doubted.at END, CASE WHEN :calls THEN doubted.at END,
                    CASE WHEN :messages THEN CAST(:refused AS text) END, CASE WHEN :calls THEN CAST(:refused AS text) END
                FROM (SELECT twin.id FROM conversations AS doubted
                    JOIN conversations AS twin ON twin.thread_key = doubted.thread_key WHERE doubted.id = :conversation
                    UNION SELECT :conversation) AS thread(id)
                CROSS JOIN (SELECT coalesce(CAST(:at AS timestamptz), clock_timestamp()) AS at) AS doubted
                ORDER BY id
                ON CONFLICT (conversation_id) DO UPDATE SET
                    messages_read = CASE WHEN :messages THEN '{}' ELSE record.messages_read END,
                    calls_read = CASE WHEN :calls THEN '{}' ELSE record.calls_read END,
                    messages_doubted_at = coalesce(excluded.messages_doubted_at, record.messages_doubted_at),
                    calls_doubted_at = coalesce(excluded.calls_doubted_at, record.calls_doubted_at),
                    messages_refused = coalesce(excluded.messages_refused, record.messages_refused),
                    calls_refused = coalesce(excluded.calls_refused, record.calls_refused)
                """)
                .setParameter("messages", messages)
                .setParameter("calls", calls)
                .setParameter("refused", refused)
                .setParameter("at", at == null ? null : at.toString())
                .setParameter("conversation", conversation)
                .executeUpdate();
    }

    /**
     * Doubts what lists of the whole workspace have shown, for they were seen to leave out rows: of conversations that v1
     * takes only their own readings count, which are v1's, until each has been read from its beginning.
     */
    public void doubtListed() {
        entityManager.createNativeQuery("""
                INSERT INTO conversation_records AS record (conversation_id, messages_doubted_at, calls_doubted_at)
                SELECT conversation.id, clock_timestamp(), CASE WHEN ledger.one_to_one THEN clock_timestamp() END
                FROM conversations AS conversation JOIN ledger ON ledger.conversation_id = conversation.id
                WHERE conversation.absent_since IS NULL AND conversation.thread_key IS NOT NULL
                    AND v1_takes(conversation.participants)
                ORDER BY conversation.id
                ON CONFLICT (conversation_id) DO UPDATE SET messages_doubted_at = excluded.messages_doubted_at,
                    calls_doubted_at = coalesce(excluded.calls_doubted_at, record.calls_doubted_at)
                """).executeUpdate();
    }

    /**
     * Doubts conversations of which lists of the whole workspace show nothing, since v1 alone knows them, unless they have been
     * read by themselves: only that settles it, from their beginning on.
     *
     * @return ids of those that are in doubt
     */
    public List<String> doubtUnshown(List<String> conversations) {
        List<?> doubted = entityManager.createNativeQuery("""
                INSERT INTO conversation_records AS record (conversation_id, messages_doubted_at, calls_doubted_at)
                SELECT conversation_id, clock_timestamp(), CASE WHEN one_to_one THEN clock_timestamp() END
                FROM ledger WHERE conversation_id = ANY(:ids) AND thread_key IS NOT NULL
                ORDER BY conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET messages_doubted_at = excluded.messages_doubted_at,
                    calls_doubted_at = coalesce(excluded.calls_doubted_at, record.calls_doubted_at)
                WHERE NOT lower_inf(record.messages_read)
                    OR excluded.calls_doubted_at IS NOT NULL AND NOT lower_inf(record.calls_read)
                RETURNING conversation_id
                """, String.class).setParameter("ids", conversations.toArray(String[]::new)).getResultList();
        return doubted.stream().map(String.class::cast).toList();
    }

    /**
     * Doubts what lists of earlier runs have shown of conversations that a run was to read again, since they may have changed,
     * and did not: OpenPhone refuses them, or the API that read does not give them.
     */
    public void doubtUnread(UUID run) {
        entityManager
                .createNativeQuery(
                        """
                                INSERT INTO conversation_records AS record (conversation_id, messages_doubted_at, calls_doubted_at)
                                SELECT conversation_id, CASE WHEN messages THEN clock_timestamp() END, CASE WHEN calls THEN clock_timestamp() END
                                FROM (SELECT ledger.conversation_id,
                                        (ledger.messages_refused IS NOT NULL OR ledger.thread_key IS NULL)
                                            AND messages.read && wanted.span AND NOT messages.read @> wanted.span AS messages,
                                        (ledger.calls_refused IS NOT NULL OR ledger.thread_key IS NULL OR NOT ledger.one_to_one)
                                            AND calls.read && wanted.span AND NOT calls.read @> wanted.span AS calls
                                    FROM import_conversations AS reading
                                    JOIN import_runs AS run ON run.id = reading.run_id
                                    JOIN ledger ON ledger.conversation_id = reading.conversation_id
                                    CROSS JOIN LATERAL (SELECT time_span(reading.read_after, least(run.window_to, run.created_at)) AS span) AS wanted
                                    LEFT JOIN list_records AS messages ON messages.list = 'messages'
                                    LEFT JOIN list_records AS calls ON calls.list = 'calls'
                                    WHERE reading.run_id = :run) AS unread
                                WHERE messages OR calls
                                ORDER BY conversation_id
                                ON CONFLICT (conversation_id) DO UPDATE SET
                                    messages_doubted_at = coalesce(excluded.messages_doubted_at, record.messages_doubted_at),
                                    calls_doubted_at = coalesce(excluded.calls_doubted_at, record.calls_doubted_at)
                                """)
                .setParameter("run", run).executeUpdate();
    }

    /**
     * Doubts what lists of the whole workspace are taken to have shown of conversations that OpenPhone did not show when these
     * lists were read. A run that has cut no slices yet, and reads them from the beginning, settles that.
     */
    public void doubtUnseen(UUID run, List<String> conversations) {
        if (conversations.isEmpty()) {
            return;
        }
        entityManager.createNativeQuery("""
                INSERT INTO conversation_records AS record (conversation_id, messages_doubted_at, calls_doubted_at)
                SELECT conversation.id, doubted.at, doubted.at
                FROM conversations AS conversation
                CROSS JOIN (SELECT max(upper(read)) AS until FROM list_records WHERE list IN ('messages', 'calls')) AS listed
                CROSS JOIN (SELECT CASE WHEN EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice')
                    THEN clock_timestamp() ELSE created_at - interval '1 millisecond' END AS at
                    FROM import_runs WHERE id = :run) AS doubted
                WHERE conversation.id = ANY(:ids) AND coalesce(conversation.created_at, '-infinity') < listed.until
                ORDER BY conversation.id
                ON CONFLICT (conversation_id) DO UPDATE SET messages_read = '{}', calls_read = '{}',
                    messages_doubted_at = excluded.messages_doubted_at, calls_doubted_at = excluded.calls_doubted_at
                """)
                .setParameter("run", run)
                .setParameter("ids", conversations.toArray(String[]::new))
                .executeUpdate();
        lists.doubt(run, conversations);
    }

    /** Whether a run has read slices of time from the beginning up to now. */
    static final String READS_ALL_BY_TIME = """
            run.api <> 'v1' AND run.window_to IS NULL
                AND NOT EXISTS (SELECT FROM import_batches AS slice
                    WHERE slice.run_id = run.id AND slice.kind = 'slice' AND slice.status <> 'done')
                AND EXISTS (SELECT FROM import_batches AS slice
                    WHERE slice.run_id = run.id AND slice.kind = 'slice' AND slice.slice_from IS NULL)""";

    /** A run has read the whole workspace by time: what was doubted before it began has been read again. */
    public void settleDoubts(UUID run) {
        lists.settleDoubts(run);
        entityManager
                .createNativeQuery(
                        """
                                UPDATE conversation_records AS record SET
                                    messages_doubted_at = CASE WHEN party.by_v1 OR list_leaves_out(record.conversation_id, 'message') IS NOT NULL
                                        THEN messages_doubted_at END,
                                    calls_doubted_at = CASE WHEN party.by_v1 AND party.one_to_one
                                        OR list_leaves_out(record.conversation_id, 'call') IS NOT NULL THEN calls_doubted_at END,
                                    messages_refused = coalesce(list_leaves_out(record.conversation_id, 'message'), record.messages_refused),
                                    calls_refused = coalesce(list_leaves_out(record.conversation_id, 'call'), record.calls_refused)
                                FROM import_runs AS run CROSS JOIN LATERAL (
                                    -- Where lists have left out rows they settle only what v1 cannot be asked for.
                                    SELECT conversation.id, ledger.one_to_one, run.witness IS NOT NULL AND v1_takes(conversation.participants)
                                        AND EXISTS (SELECT FROM import_runs WHERE disagreed_at IS NOT NULL AND cleared_at IS NULL) AS by_v1
                                    FROM conversations AS conversation JOIN ledger ON ledger.conversation_id = conversation.id) AS party
                                WHERE run.id = :run AND party.id = record.conversation_id
                                    AND greatest(record.messages_doubted_at, record.calls_doubted_at) < run.created_at AND %s
                                """
                                .formatted(READS_ALL_BY_TIME))
                .setParameter("run", run).executeUpdate();
    }
}
