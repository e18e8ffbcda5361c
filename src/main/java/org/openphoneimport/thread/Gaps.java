package org.openphoneimport.thread;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/**
 * Reads what is missing in a conversation: what its last verification found, what the ledger lacks, and files that are not
 * stored.
 * Called within a {@link org.openphoneimport.status.Snapshot}.
 */
@ApplicationScoped
public class Gaps {

    private final EntityManager entityManager;

    Gaps(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The gravest first. */
    public List<Gap> of(ThreadHead conversation, int limit) {
        List<?> rows = entityManager.createNativeQuery("""
                WITH found AS MATERIALIZED (
                    SELECT kind, subject, subject_id, finding FROM discrepancies
                    WHERE verification_id = (SELECT max(verifications.id) FROM verifications
                            JOIN import_runs AS run ON run.id = run_id
                            WHERE verifications.status <> 'running' AND run.cleared_at IS NULL)
                        AND (conversation_id = :conversation OR subject_id = :conversation OR subject_id = :activity)
                ), file AS (
                    SELECT media.* FROM messages JOIN media ON subject = 'message' AND subject_id = messages.id
                    WHERE conversation_id = :conversation AND media.status <> 'stored'
                    UNION ALL
                    SELECT media.* FROM calls JOIN call_recordings AS recording ON recording.call_id = calls.id
                    JOIN media ON subject = 'recording' AND subject_id = recording.id AND media.position = recording.position
                    WHERE conversation_id = :conversation AND media.status <> 'stored'
                    UNION ALL
                    SELECT media.* FROM calls JOIN call_voicemails AS voicemail ON voicemail.call_id = calls.id
                    JOIN media ON subject = 'voicemail' AND subject_id = voicemail.id AND media.position = voicemail.position
                    WHERE conversation_id = :conversation AND media.status <> 'stored'
                )
                SELECT kind, subject, subject_id, finding FROM (
                    SELECT kind, subject, subject_id, finding FROM found
                    UNION ALL
                    SELECT CASE WHEN accepted THEN 'accepted' ELSE kind END, subject, subject_id,
                        'It is one of the ' || reason FROM workspace_gaps AS gap
                    WHERE subject IN ('conversation', 'group calls', 'activity') AND subject_id IN (:conversation, :activity)
                        AND NOT EXISTS (SELECT FROM found WHERE subject = gap.subject AND subject_id = gap.subject_id)
                    UNION ALL
                    SELECT CASE status WHEN 'failed' THEN 'unavailable' ELSE 'waiting' END, 'media',
                        subject || '/' || subject_id || '/' || position,
                        coalesce(finding, 'The file has not been downloaded yet') FROM file
                    WHERE NOT EXISTS (SELECT FROM found WHERE found.subject = 'media'
                        AND found.subject_id = file.subject || '/' || file.subject_id || '/' || file.position)
                ) AS gap ORDER BY gravity(kind), subject, subject_id
                """, Gap.class)
                .setParameter("conversation", conversation.id())
                .setParameter("activity", conversation.lastActivityId() == null ? "" : conversation.lastActivityId())
                .setMaxResults(limit).getResultList();
        return rows.stream().map(Gap.class::cast).toList();
    }
}
