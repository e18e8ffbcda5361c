package org.openphoneimport.run;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Documents;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What has been read of the workspace, as ranges of creation time. It is written in the transaction that stores the rows, by
 * every kind of run, and nothing else widens it. A range ends where its run began: what was created later may have been missed.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class Ledger {

    private final EntityManager entityManager;

    Ledger(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** A list that shows the whole workspace. */
    public enum WorkspaceList {
        MESSAGES,
        CALLS,
        CONVERSATIONS,
        USERS,
        CONTACTS,
        CUSTOM_FIELDS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
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
                SELECT reading.conversation_id, CASE WHEN ended.messages THEN span.read ELSE '{}' END,
                    CASE WHEN ended.calls THEN span.read ELSE '{}' END, ended.messages_refused, ended.calls_refused
                FROM jsonb_to_recordset(CAST(:readings AS jsonb)) AS ended(conversation text, messages boolean,
                    calls boolean, messages_refused text, calls_refused text)
                JOIN import_conversations AS reading
                    ON coalesce(reading.same_thread_as, reading.conversation_id) = ended.conversation
                JOIN import_runs AS run ON run.id = reading.run_id
                -- OpenPhone was asked for a millisecond more, see Window.
                CROSS JOIN LATERAL (SELECT time_span(reading.read_after + interval '1 millisecond',
                    least(run.window_to, run.created_at)) AS read) AS span
                WHERE reading.batch_id = :batch
                ORDER BY reading.conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET
                    messages_read = record.messages_read + excluded.messages_read,
                    calls_read = record.calls_read + excluded.calls_read,
                    messages_refused = CASE WHEN excluded.messages_read = '{}'
                        THEN coalesce(excluded.messages_refused, record.messages_refused) END,
                    calls_refused = CASE WHEN excluded.calls_read = '{}'
                        THEN coalesce(excluded.calls_refused, record.calls_refused) END
                """)
                .setParameter("batch", batch)
                .setParameter("readings", Documents.rows(readings))
                .executeUpdate();
    }

    /**
     * Records that a list of the directory has been read to its end, and how many rows there are then.
     *
     * @param table that holds them
     */
    public void addDirectory(UUID run, WorkspaceList list, String table) {
        addList(run, list, null, null);
        entityManager.createNativeQuery("""
                UPDATE list_records SET rows = (SELECT count(digest) FROM %s) WHERE list = :list
                """.formatted(table)).setParameter("list", list.text()).executeUpdate();
    }

    /**
     * Adds what a run has read of a list.
     *
     * @param from its start, null for the beginning
     * @param to its end, null when it is open
     */
    public void addList(UUID run, WorkspaceList list, @Nullable Instant from, @Nullable Instant to) {
        entityManager.createNativeQuery("""
                INSERT INTO list_records AS record (list, read)
                SELECT :list, time_span(CAST(:from AS timestamptz), least(CAST(:to AS timestamptz), created_at))
                FROM import_runs WHERE id = :run
                ON CONFLICT (list) DO UPDATE SET read = record.read + excluded.read
                """)
                .setParameter("list", list.text())
                .setParameter("from", from == null ? null : from.toString())
                .setParameter("to", to == null ? null : to.toString())
                .setParameter("run", run)
                .executeUpdate();
    }
}
