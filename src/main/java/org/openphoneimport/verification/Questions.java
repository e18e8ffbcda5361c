package org.openphoneimport.verification;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Answering;
import org.openphoneimport.run.ImportConfig;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What a verification has to ask OpenPhone for, found by comparing what can be compared without asking. */
@ApplicationScoped
class Questions {

    /** Begins an insert of conversations that are chosen as a sample. */
    static final String INSERT_SAMPLED = """
            INSERT INTO verification_questions (verification_id, kind, subject_id, conversation_id, sampled)
            """;

    private final EntityManager entityManager;
    private final Verifications verifications;
    private final Absences absences;
    private final WitnessSample sample;
    private final ImportConfig config;

    Questions(EntityManager entityManager, Verifications verifications, Absences absences, WitnessSample sample,
            ImportConfig config) {
        this.entityManager = entityManager;
        this.verifications = verifications;
        this.absences = absences;
        this.sample = sample;
        this.config = config;
    }

    /** Writes all of them down; returns where to go on. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<VerificationCheckpoint> write(VerificationClaim claim, VerificationCheckpoint at) {
        var moved = verifications.move(claim, at, VerificationCheckpoint.at(VerificationCheckpoint.Stage.QUESTIONS));
        if (moved.isPresent()) {
            entityManager
                    .createNativeQuery("ANALYZE listed_conversations, conversation_records, conversations, messages, calls")
                    .executeUpdate();
            if (claim.endsRun()) {
                absences.mark(claim);
            }
            doubtActivities(claim);
            doubtUnlisted(claim);
            doubtThreads(claim);
            sample.choose(claim);
            verifications.requireWanted(claim);
        }
        return moved;
    }

    /** What its list has left out may have been deleted since: then nothing is left out. */
    private void doubtUnlisted(VerificationClaim claim) {
        entityManager.createNativeQuery("""
                INSERT INTO verification_questions (verification_id, kind, subject_id, conversation_id)
                SELECT :verification, 'activity', found.id, found.conversation_id
                FROM found_by_id AS found JOIN listed_conversations AS listed ON listed.listing_id = :listing
                    AND listed.conversation_id = found.conversation_id
                ON CONFLICT DO NOTHING
                """).setParameter("verification", claim.id()).setParameter("listing", claim.listing()).executeUpdate();
    }

    /** What is known to be unavailable is asked for again only when everything is. */
    private void doubtActivities(VerificationClaim claim) {
        entityManager.createNativeQuery("""
                INSERT INTO verification_questions (verification_id, kind, subject_id, conversation_id)
                SELECT DISTINCT ON (listed.last_activity_id) :verification, 'activity', listed.last_activity_id,
                    listed.conversation_id
                FROM listed_conversations AS listed JOIN import_runs AS run ON run.id = :run
                WHERE listed.listing_id = :listing AND listed.last_activity_id IS NOT NULL
                    -- What a run's window leaves out is not asked for.
                    AND (NOT run.window_from_given OR listed.last_activity_at IS NULL
                        OR listed.last_activity_at >= run.window_from)
                    AND NOT EXISTS (SELECT FROM messages WHERE id = listed.last_activity_id)
                    AND NOT EXISTS (SELECT FROM calls WHERE id = listed.last_activity_id)
                    AND (:complete OR NOT EXISTS (SELECT FROM unavailable_activities WHERE id = listed.last_activity_id))
                ORDER BY listed.last_activity_id, listed.conversation_id
                ON CONFLICT DO NOTHING
                """)
                .setParameter("verification", claim.id())
                .setParameter("run", claim.run())
                .setParameter("listing", claim.listing())
                .setParameter("complete", claim.complete())
                .executeUpdate();
    }

    /**
     * Conversations of which number or digest of what is stored are not what was recorded, or a row is not as it was
     * received; of those with the same number and parties one, since they are read together.
     */
    private void doubtThreads(VerificationClaim claim) {
        entityManager.createNativeQuery("""
                WITH stored AS (
                    SELECT conversation_id, sum(messages) AS messages, sum(messages_digest) AS messages_digest,
                        sum(calls) AS calls, sum(calls_digest) AS calls_digest, bool_or(changed) AS changed
                    FROM (
                        SELECT conversation_id, count(digest) AS messages, coalesce(sum(digest), 0) AS messages_digest,
                            0 AS calls, 0 AS calls_digest,
                            bool_or(digest IS DISTINCT FROM row_digest(stored)) AS changed
                        FROM messages AS stored WHERE absent_since IS NULL GROUP BY conversation_id
                        UNION ALL
                        SELECT conversation_id, 0, 0, count(digest), coalesce(sum(digest), 0),
                            bool_or(digest IS DISTINCT FROM row_digest(stored))
                        FROM calls AS stored WHERE absent_since IS NULL GROUP BY conversation_id
                    ) AS rows GROUP BY conversation_id
                ), doubted AS (
                    SELECT coalesce(stored.conversation_id, record.conversation_id) AS id
                    FROM stored FULL JOIN conversation_records AS record ON record.conversation_id = stored.conversation_id
                    WHERE coalesce(stored.changed, false)
                        OR coalesce(stored.messages, 0) <> coalesce(record.messages, 0)
                        OR coalesce(stored.messages_digest, 0) <> coalesce(record.messages_digest, 0)
                        OR coalesce(stored.calls, 0) <> coalesce(record.calls, 0)
                        OR coalesce(stored.calls_digest, 0) <> coalesce(record.calls_digest, 0)
                    UNION
                    SELECT listed.conversation_id FROM listed_conversations AS listed
                    LEFT JOIN conversations AS conversation ON conversation.id = listed.conversation_id
                    WHERE listed.listing_id = :listing AND :complete
                        AND (conversation.id IS NULL OR conversation.thread_key IS NOT NULL)
                        -- v1 is asked, and tells nothing about the others, whichever has read them.
                        AND (conversation.id IS NULL OR v1_takes(conversation.participants))
                )
                INSERT INTO verification_questions (verification_id, kind, subject_id, conversation_id)
                SELECT DISTINCT ON (coalesce(conversation.thread_key, doubted.id)) :verification, 'conversation', doubted.id,
                    doubted.id
                FROM doubted LEFT JOIN conversations AS conversation ON conversation.id = doubted.id
                WHERE doubted.id IS NOT NULL
                ORDER BY coalesce(conversation.thread_key, doubted.id), doubted.id
                ON CONFLICT DO NOTHING
                """)
                .setParameter("verification", claim.id())
                .setParameter("listing", claim.listing())
                .setParameter("complete", claim.complete())
                .executeUpdate();
    }

    /** Those that have no answer yet. */
    @Transactional(TxType.REQUIRES_NEW)
    List<Question> open(VerificationClaim claim) {
        return Stream.concat(openActivities(claim), openThreads(claim)).toList();
    }

    private Stream<Question> openActivities(VerificationClaim claim) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT question.subject_id, question.conversation_id,
                    jsonb_array_length(CASE WHEN jsonb_typeof(listed.payload -> 'participants') = 'array'
                        THEN listed.payload -> 'participants' ELSE '[]' END) > 1 AS several
                FROM verification_questions AS question
                JOIN listed_conversations AS listed ON listed.conversation_id = question.conversation_id
                    AND listed.listing_id = :listing
                WHERE question.verification_id = :verification AND kind = 'activity' AND answered_at IS NULL
                ORDER BY question.subject_id
                """, Question.Activity.class).setParameter("verification", claim.id()).setParameter("listing", claim.listing())
                .getResultList();
        return rows.stream().map(Question.Activity.class::cast);
    }

    @RegisterForReflection
    private record ThreadRow(String conversationId, boolean sampled, @Nullable String phoneNumberId, String[] participants) {
    }

    private Stream<Question> openThreads(VerificationClaim claim) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT question.conversation_id, question.sampled,
                    coalesce(conversation.phone_number_id, listed.payload ->> 'phoneNumberId') AS phone_number_id,
                    coalesce(conversation.participants, ARRAY(SELECT jsonb_array_elements_text(
                        CASE WHEN jsonb_typeof(listed.payload -> 'participants') = 'array'
                        THEN listed.payload -> 'participants' ELSE '[]' END))) AS participants
                FROM verification_questions AS question
                LEFT JOIN conversations AS conversation ON conversation.id = question.conversation_id
                LEFT JOIN listed_conversations AS listed ON listed.conversation_id = question.conversation_id
                    AND listed.listing_id = :listing
                WHERE question.verification_id = :verification AND kind = 'conversation' AND answered_at IS NULL
                ORDER BY question.conversation_id
                """, ThreadRow.class).setParameter("verification", claim.id()).setParameter("listing", claim.listing())
                .getResultList();
        return rows.stream().map(ThreadRow.class::cast).map(row -> new Question.Conversation(row.conversationId(),
                row.phoneNumberId(), List.of(row.participants()), row.sampled()));
    }

    /** Counts a time that OpenPhone did not answer; returns whether it has been asked often enough. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean countUnanswered(VerificationClaim claim, Question question, Answering answering) {
        return (Boolean) entityManager.createNativeQuery("""
                UPDATE verification_questions SET attempts = attempts + 1
                WHERE verification_id = :verification AND kind = :kind AND subject_id = :subject
                RETURNING attempts >= :max
                """, Boolean.class)
                .setParameter("verification", claim.id())
                .setParameter("kind", question.kind())
                .setParameter("subject", question.subjectId())
                // Once a minute: that one kind of requests is away for a quarter of an hour makes nothing missing.
                .setParameter("max", (answering == Answering.OTHERS ? 1 : 4) * config.maxConversationAttempts())
                .getSingleResult();
    }

    /** Notes that a question has its answer. */
    @Transactional
    void answered(VerificationClaim claim, Question question) {
        entityManager.createNativeQuery("""
                UPDATE verification_questions SET answered_at = clock_timestamp()
                WHERE verification_id = :verification AND kind = :kind AND subject_id = :subject
                """)
                .setParameter("verification", claim.id())
                .setParameter("kind", question.kind())
                .setParameter("subject", question.subjectId())
                .executeUpdate();
    }
}
