package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.activity.Activity;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.Ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Compares a conversation that was read from its first page to its last with what is stored of it, row by row: the documents,
 * not column by column.
 *
 * <p>
 * {@code conversation_records} and {@code digest} change in the transactions that store rows, and are never counted from them.
 * So a statement that changes a row without its digest makes the row {@code different}. Only rows count as absent that were
 * stored before OpenPhone was asked.
 */
@ApplicationScoped
class Comparison {

    private static final String SAME_THREAD = """
            SELECT twin.id FROM conversations AS asked JOIN conversations AS twin ON twin.thread_key = asked.thread_key
            WHERE asked.id = :conversation UNION SELECT :conversation""";

    // Lists may show a message or call some time after it was created, and the two APIs are not asked at the same moment: one that
    // is so young is missing like any other, but no sign that the APIs disagree.
    static final Duration TO_APPEAR = Duration.ofMinutes(15);

    private final EntityManager entityManager;
    private final Discrepancies discrepancies;
    private final Questions questions;
    private final Ledger ledger;
    private final Verifications verifications;

    Comparison(EntityManager entityManager, Discrepancies discrepancies, Questions questions, Ledger ledger,
            Verifications verifications) {
        this.verifications = verifications;
        this.ledger = ledger;
        this.entityManager = entityManager;
        this.discrepancies = discrepancies;
        this.questions = questions;
    }

    /**
     * What is stored of a conversation, and who wrote it. What is stored or written anew while OpenPhone is being asked may
     * stand on no page that is received: it is not absent.
     */
    @RegisterForReflection
    record Stored(String id, @Nullable String lastRunId, @JsonIgnore boolean isMessage) {
    }

    /** Messages and calls of a conversation as they are stored now; to be asked for before OpenPhone is. */
    @Transactional(TxType.REQUIRES_NEW)
    List<Stored> stored(Question.Conversation thread) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, CAST(last_run_id AS text) AS last_run_id, message FROM (
                    SELECT id, last_run_id, conversation_id, absent_since, true AS message FROM messages
                    UNION ALL SELECT id, last_run_id, conversation_id, absent_since, false FROM calls) AS stored
                WHERE conversation_id = ANY(ARRAY(%s)) AND absent_since IS NULL
                """.formatted(SAME_THREAD), Stored.class).setParameter("conversation", thread.conversation()).getResultList();
        return rows.stream().map(Stored.class::cast).toList();
    }

    /**
     * Compares.
     *
     * @param before what was stored before OpenPhone was asked
     * @param elsewhere ids that the thread does not show here, but the other generation of the API has
     * @param callsToo whether calls were asked for
     */
    @Transactional(TxType.REQUIRES_NEW)
    void compare(VerificationClaim claim, Question.Conversation thread, List<Stored> before, Set<String> elsewhere,
            List<MessageDocument> messages, List<CallDocument> calls, boolean callsToo) {
        if (!verifications.renew(claim)) {
            return;
        }
        compare(claim, thread, before, elsewhere, Activity.MESSAGE, messages.stream().map(Received::of).toList());
        if (callsToo) {
            compare(claim, thread, before, elsewhere, Activity.CALL, calls.stream().map(Received::of).toList());
        } else {
            compareGroupCalls(claim, thread);
        }
        boolean messagesWrong = isWrong(claim, thread, "message");
        boolean callsWrong = isWrong(claim, thread, "call") || isWrong(claim, thread, "group calls");
        if (!thread.sampled()) {
            recordAnew(claim, thread);
        }
        if (messagesWrong || callsWrong) {
            ledger.doubt(thread.conversation(), messagesWrong, callsWrong, null);
        }
        questions.answered(claim, thread);
    }

    /**
     * What is missing of it cannot be named, since OpenPhone does not show it: what was read before does not count any more.
     */
    @Transactional(TxType.REQUIRES_NEW)
    void unreadable(VerificationClaim claim, Question.Conversation thread, String why) {
        if (!verifications.renew(claim)) {
            return;
        }
        if (thread.sampled()) {
            notCompared(claim, thread, why);
            return;
        }
        discrepancies.add(claim.id(),
                List.of(Discrepancy.of(Discrepancy.Kind.UNAVAILABLE, "conversation", thread.conversation(),
                        "Whether all of it is stored as it was imported cannot be seen, since it cannot be read again. " + why,
                        thread.conversation(), Check.ROWS)));
        ledger.doubt(thread.conversation(), true, true, why);
        questions.answered(claim, thread);
    }

    /** The run has read it through the other generation, and nothing speaks against that. */
    private void notCompared(VerificationClaim claim, Question.Conversation thread, String why) {
        discrepancies.add(claim.id(),
                List.of(Discrepancy.of(Discrepancy.Kind.UNAVAILABLE, "conversation", thread.conversation(),
                        "It could not be compared with what v1 has. " + why, thread.conversation(), Check.WITNESS)));
        questions.answered(claim, thread);
    }

    /** In SQL: whether the newer API has given a row. A run that reads through v1 takes calls of groups from it. */
    private static final String OF_THE_NEWER_API = """
            (jsonb_exists(stored.payload, 'actorId') OR EXISTS (SELECT FROM import_runs AS writer
                WHERE writer.id = stored.last_run_id AND writer.api <> 'v1'))""";

    /** URLs of files may be others each time: they are no difference. */
    private void compare(VerificationClaim claim, Question.Conversation thread, List<Stored> before, Set<String> elsewhere,
            Activity activity, List<Received> received) {
        entityManager.createNativeQuery("""
                WITH received AS (
                    SELECT DISTINCT ON (id) * FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                        AS received(id text, created_at timestamptz, updated_at timestamptz, payload jsonb)
                    ORDER BY id, updated_at DESC NULLS LAST
                ), expected AS (
                    SELECT CASE WHEN window_from_given THEN window_from ELSE '-infinity' END AS since,
                        least(window_to, CAST(:runStarted AS timestamptz)) AS until,
                        coalesce((SELECT %2$s_read FROM ledger WHERE conversation_id = :conversation), '{}') AS read,
                        -- A sample speaks of what its run has read: around that an earlier one has, before this came.
                        :sampled AND (window_from_given OR window_to IS NOT NULL) AS within,
                        -- Rows may turn up late, with times before the run; it was read before they did.
                        EXISTS (SELECT FROM listed_conversations WHERE listing_id = :listing AND conversation_id IN (%3$s)
                            AND updated_at > CAST(:runStarted AS timestamptz)) AS has_moved
                    FROM import_runs WHERE id = :run
                ), found AS (
                    SELECT received.id, received.created_at,
                        coalesce(expected.read @> received.created_at, true) AS was_read, has_moved, CASE
                        WHEN expected.within AND (received.created_at < expected.since
                            OR received.created_at > expected.until) THEN 'newer'
                        WHEN stored.id IS NULL AND received.created_at > expected.until
                            AND NOT expected.read @> received.created_at THEN 'newer'
                        WHEN stored.id IS NULL THEN 'missing'
                        WHEN stored.digest = row_digest(stored) AND received.updated_at > expected.until THEN 'newer'
                        ELSE 'different' END AS kind
                    FROM received CROSS JOIN expected LEFT JOIN %2$s AS stored ON stored.id = received.id
                    WHERE CASE WHEN stored.id IS NULL THEN coalesce(received.created_at >= expected.since
                            OR expected.read @> received.created_at, true)
                        ELSE stored.digest IS DISTINCT FROM row_digest(stored)
                            OR (stored.payload - 'media' <> received.payload - 'media'
                                AND coalesce(received.updated_at >= stored.updated_at, true)
                                -- The API of 2026-03-30 says the same in other words, and maybe in whole seconds.
                                AND (date_trunc(CASE WHEN stored.updated_at = date_trunc('second', stored.updated_at)
                                        THEN 'second' ELSE 'microsecond' END, received.updated_at) > stored.updated_at
                                    OR NOT %7$s)) END
                ), gone AS (
                    UPDATE %2$s AS stored SET absent_since = clock_timestamp()
                    FROM jsonb_to_recordset(CAST(:before AS jsonb)) AS before(id text, last_run_id uuid)
                    WHERE stored.id = before.id AND stored.last_run_id IS NOT DISTINCT FROM before.last_run_id
                        AND stored.conversation_id IN (%3$s) AND stored.absent_since IS NULL
                        AND stored.id NOT IN (SELECT id FROM received) AND NOT stored.id = ANY(:elsewhere)
                        -- What another API has given v1 may never have shown: only that one can say that it is gone.
                        AND (:bothAsked OR NOT %7$s)
                    RETURNING stored.id, stored.conversation_id, stored.digest
                ), forgotten AS (
                    %6$s
                )
                %5$s
                SELECT :verification, kind, '%1$s', id, CASE kind
                    WHEN 'missing' THEN 'OpenPhone has it, but it is not stored'
                    WHEN 'different' THEN 'What is stored is not what OpenPhone has'
                    ELSE 'It came or changed after the run, or outside of its range' END, :conversation,
                    -- What was not read is missing, and no sign that the APIs disagree.
                    CASE WHEN created_at > CAST(:settled AS timestamptz) OR NOT was_read OR has_moved THEN 'rows'
                        ELSE :check END
                FROM found
                UNION ALL
                SELECT :verification, 'absent', '%1$s', id, 'It is stored; 2026-03-30 has it, and v1 does not show it',
                    :conversation, CASE WHEN created_at > CAST(:settled AS timestamptz) THEN 'rows' ELSE 'witness' END
                -- v1 is documented to leave out messages that failed, and calls of more than two parties.
                FROM %2$s WHERE id = ANY(:elsewhere) AND NOT ('%1$s' = 'message' AND status = 'failed'
                    OR '%1$s' = 'call' AND CASE jsonb_typeof(payload -> 'participants')
                        WHEN 'array' THEN jsonb_array_length(payload -> 'participants') > 2 ELSE false END)
                UNION ALL
                SELECT :verification, 'absent', '%1$s', id,
                    'It is stored, but its conversation does not show it' || CASE WHEN digest IS NULL
                        THEN ', and no import has written it' ELSE ' any more' END, :conversation, 'rows'
                FROM gone
                %4$s
                """.formatted(activity.subject(), activity.table(), SAME_THREAD, Discrepancies.OR_GRAVER, Discrepancies.INSERT,
                activity.unrecordGone(), OF_THE_NEWER_API))
                .setParameter("rows", JsonRows.rows(received))
                .setParameter("before", JsonRows.rows(before))
                .setParameter("elsewhere", elsewhere.toArray(String[]::new))
                .setParameter("bothAsked", claim.generation() == Generation.DATED)
                .setParameter("sampled", thread.sampled())
                .setParameter("check", (thread.sampled() ? Check.WITNESS : Check.ROWS).text())
                .setParameter("conversation", thread.conversation())
                .setParameter("runStarted", claim.runStarted().toString())
                .setParameter("settled", claim.runStarted().minus(TO_APPEAR).toString())
                .setParameter("run", claim.run())
                .setParameter("listing", claim.listing())
                .setParameter("verification", claim.id())
                .executeUpdate();
    }

    /** v1 does not give them: what has vanished or changed of them is all that can be said. */
    private void compareGroupCalls(VerificationClaim claim, Question.Conversation thread) {
        entityManager.createNativeQuery("""
                %s
                SELECT :verification, CASE WHEN stored.number < record.calls THEN 'missing' ELSE 'different' END, 'group calls',
                    record.conversation_id, 'Of ' || record.calls || ' calls that were imported ' || stored.number
                        || ' are stored, or some were changed', record.conversation_id, 'rows'
                FROM conversation_records AS record
                CROSS JOIN LATERAL (SELECT count(digest) AS number, coalesce(sum(digest), 0) AS digest,
                    coalesce(bool_or(digest IS DISTINCT FROM row_digest(one)), false) AS changed
                    FROM calls AS one WHERE conversation_id = record.conversation_id AND absent_since IS NULL) AS stored
                WHERE record.conversation_id IN (%s)
                    AND (stored.number <> record.calls OR stored.digest <> record.calls_digest OR stored.changed)
                %s
                """.formatted(Discrepancies.INSERT, SAME_THREAD, Discrepancies.OR_GRAVER))
                .setParameter("conversation", thread.conversation())
                .setParameter("verification", claim.id())
                .executeUpdate();
    }

    private boolean isWrong(VerificationClaim claim, Question.Conversation thread, String subject) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM discrepancies WHERE verification_id = :verification AND subject = :subject
                    AND conversation_id IN (%s) AND kind IN ('missing', 'different'))
                """.formatted(SAME_THREAD))
                .setParameter("conversation", thread.conversation())
                .setParameter("verification", claim.id())
                .setParameter("subject", subject)
                .getSingleResult();
    }

    /** When nothing of a conversation is missing, what is stored of it is right, whatever was recorded. */
    private void recordAnew(VerificationClaim claim, Question.Conversation thread) {
        List<?> right = entityManager.createNativeQuery("""
                SELECT thread.id FROM (%s) AS thread(id) WHERE NOT EXISTS (SELECT FROM discrepancies
                    WHERE verification_id = :verification AND conversation_id = :conversation AND kind = 'missing'
                    -- Those of groups are counted as they are, and doubted.
                    AND subject <> 'group calls')
                """.formatted(SAME_THREAD), String.class)
                .setParameter("conversation", thread.conversation())
                .setParameter("verification", claim.id())
                .getResultList();
        var conversations = right.stream().map(String.class::cast).toList();
        for (var activity : Activity.values()) {
            activity.recordAnew(conversations);
        }
    }

    @RegisterForReflection
    private record Received(String id, @Nullable Instant createdAt, @Nullable Instant updatedAt, JsonNode payload) {

        static Received of(MessageDocument message) {
            return new Received(message.id(), message.createdAt(), message.updatedAt(), message.payload());
        }

        static Received of(CallDocument call) {
            return new Received(call.id(), call.createdAt(), call.updatedAt(), call.payload());
        }
    }
}
