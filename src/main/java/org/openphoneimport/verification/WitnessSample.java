package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.openphone.Generation;

/** Chooses the conversations that are read through v1 as well, where the API of 2026-03-30 has read all of them. */
@ApplicationScoped
class WitnessSample {

    // More would cost too many requests for one conversation.
    private static final int MOST_MESSAGES = 1_000;

    private final EntityManager entityManager;
    private final VerificationConfig config;
    private final Verifications verifications;

    WitnessSample(EntityManager entityManager, VerificationConfig config, Verifications verifications) {
        this.verifications = verifications;
        this.entityManager = entityManager;
        this.config = config;
    }

    /** The longest show the most messages for a request, the others are chosen at random, by the verification's number. */
    @Transactional(TxType.MANDATORY)
    void choose(VerificationClaim claim) {
        if (claim.witness() != Generation.V1 || !claim.endsRun()) {
            return;
        }
        boolean ofAll = isOfAll(claim);
        verifications.noteSample(claim, ofAll && config.sample() > 0);
        entityManager.createNativeQuery("""
                WITH candidate AS (
                    SELECT DISTINCT ON (conversation.thread_key) conversation.id, coalesce(record.messages, 0) AS messages
                    FROM conversations AS conversation
                    LEFT JOIN import_conversations AS reading
                        ON reading.conversation_id = conversation.id AND reading.run_id = :run
                    LEFT JOIN conversation_records AS record ON record.conversation_id = conversation.id
                    WHERE coalesce(reading.status = 'done', :ofAll) AND conversation.absent_since IS NULL
                        AND conversation.thread_key IS NOT NULL AND record.messages_refused IS NULL
                        AND record.calls_refused IS NULL AND coalesce(record.messages, 0) <= :most
                        AND v1_takes(conversation.participants)
                        AND NOT EXISTS (SELECT FROM verification_questions WHERE verification_id = :verification
                            AND kind = 'conversation' AND conversation_id = conversation.id)
                    ORDER BY conversation.thread_key, conversation.id
                ), size AS (
                    SELECT CASE WHEN :ofAll OR type = 'historical' THEN :historical ELSE :reconciliation END AS all_of_them
                    FROM import_runs WHERE id = :run
                )
                %s
                SELECT :verification, 'conversation', id, id, true FROM (
                    (SELECT id FROM candidate ORDER BY messages DESC, id LIMIT (SELECT all_of_them / 2 FROM size))
                    UNION
                    (SELECT id FROM candidate ORDER BY md5(id || :verification)
                        LIMIT (SELECT all_of_them - all_of_them / 2 FROM size))
                ) AS chosen
                ON CONFLICT DO NOTHING
                """.formatted(Questions.INSERT_SAMPLED))
                .setParameter("run", claim.run())
                .setParameter("verification", claim.id())
                .setParameter("ofAll", ofAll)
                .setParameter("most", MOST_MESSAGES)
                .setParameter("historical", config.sample())
                .setParameter("reconciliation", config.reconciliationSample())
                .executeUpdate();
    }

    /**
     * A whole historical import stores everything anew; and what was stored by one that could not ask the witness has never
     * been compared.
     */
    private boolean isOfAll(VerificationClaim claim) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT type = 'historical' AND NOT window_from_given AND window_to IS NULL
                    OR NOT window_from_given AND NOT (%s)
                FROM import_runs WHERE id = :run
                """.formatted(Testimonies.SAMPLED)).setParameter("run", claim.run()).getSingleResult();
    }
}
