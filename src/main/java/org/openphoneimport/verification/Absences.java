package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.activity.Activity;

/**
 * Marks rows that are stored, but were not shown when their conversation was read from its first page to its last. They no
 * longer count; nothing is deleted, and an import that receives such a row again clears the mark.
 */
@ApplicationScoped
class Absences {

    // v1 never shows calls of groups.
    private static final String ONE_TO_ONE = " AND cardinality(conversation.participants) = 1";

    private final EntityManager entityManager;

    Absences(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Transactional
    void mark(VerificationClaim claim) {
        mark(claim, Activity.MESSAGE, "");
        mark(claim, Activity.CALL, ONE_TO_ONE);
    }

    private void mark(VerificationClaim claim, Activity activity, String which) {
        entityManager.createNativeQuery("""
                WITH read AS (
                    SELECT reading.conversation_id AS id, run.created_at
                    FROM import_conversations AS reading JOIN import_runs AS run ON run.id = reading.run_id
                    JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                    WHERE reading.run_id = :run AND reading.status = 'done' AND reading.read_after IS NULL
                        AND conversation.thread_key IS NOT NULL AND run.window_to IS NULL AND run.api = 'v1'%3$s
                ), gone AS (
                    UPDATE %2$s AS stored SET absent_since = clock_timestamp()
                    FROM read
                    WHERE stored.conversation_id = read.id AND stored.absent_since IS NULL
                        AND stored.last_run_id IS DISTINCT FROM :run
                        -- What another API has given v1 may never have shown.
                        AND EXISTS (SELECT FROM import_runs AS earlier WHERE earlier.id = stored.last_run_id
                            AND earlier.api = 'v1' AND earlier.created_at <= read.created_at)
                    RETURNING stored.id, stored.conversation_id, stored.digest
                ), forgotten AS (
                    %6$s
                )
                %5$s
                SELECT :verification, 'absent', '%1$s', id, 'It is stored, but its conversation does not show it any more',
                    conversation_id, 'rows'
                FROM gone
                %4$s
                """.formatted(activity.subject(), activity.table(), which, Discrepancies.OR_GRAVER, Discrepancies.INSERT,
                activity.unrecordGone()))
                .setParameter("run", claim.run())
                .setParameter("verification", claim.id())
                .executeUpdate();
    }
}
