package org.openphoneimport.conversation;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Generation;

/** Conversations as OpenPhone listed them for a run or a verification, to be compared with those that are stored. */
@ApplicationScoped
public class ListedConversations {

    private final EntityManager entityManager;

    ListedConversations(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Adds a page; one that has been listed before, on an earlier page, is replaced.
     *
     * @param listing the run's id, or that which a verification has for its own listing
     * @param by the generation of the API that lists them
     */
    @Transactional
    public void add(UUID listing, Generation by, List<ConversationDocument> conversations) {
        if (conversations.isEmpty()) {
            return;
        }
        entityManager.createNativeQuery("""
                INSERT INTO listed_conversations AS known (listing_id, conversation_id, last_activity_id, last_activity_at,
                    created_at, updated_at, payload, by_v1, by_dated)
                SELECT DISTINCT ON (id) :listing, id, last_activity_id, last_activity_at, created_at, updated_at, payload,
                    :byV1, NOT :byV1
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS listed(id text, last_activity_id text,
                    last_activity_at timestamptz, created_at timestamptz, updated_at timestamptz, payload jsonb)
                ORDER BY id, updated_at DESC NULLS LAST
                ON CONFLICT (listing_id, conversation_id) DO UPDATE SET last_activity_id = excluded.last_activity_id,
                    last_activity_at = excluded.last_activity_at, created_at = excluded.created_at,
                    updated_at = excluded.updated_at, payload = excluded.payload,
                    by_v1 = known.by_v1 OR excluded.by_v1, by_dated = known.by_dated OR excluded.by_dated
                """)
                .setParameter("byV1", by == Generation.V1)
                .setParameter("listing", listing)
                .setParameter("rows", JsonRows.rows(conversations))
                .executeUpdate();
    }

    /**
     * Listings are kept for runs and verifications that are going on, and for the run that is verified now and the last one,
     * which may be repaired with what stands there: its own, or that of its newest verification; no others.
     */
    @Transactional
    public void forgetOthers(UUID run) {
        entityManager.createNativeQuery("""
                WITH kept AS (
                    SELECT id FROM import_runs AS run
                    WHERE id = :run OR status IN ('pending', 'running', 'paused', 'verifying') OR status = 'failed'
                        AND NOT EXISTS (SELECT FROM import_runs AS later WHERE later.created_at > run.created_at)
                )
                DELETE FROM listed_conversations WHERE listing_id NOT IN (
                    SELECT id FROM kept
                    UNION ALL
                    SELECT listing_id FROM verifications AS verification
                    WHERE status = 'running' OR run_id IN (SELECT id FROM kept)
                        AND id = (SELECT max(id) FROM verifications WHERE run_id = verification.run_id))
                """).setParameter("run", run).executeUpdate();
    }
}
