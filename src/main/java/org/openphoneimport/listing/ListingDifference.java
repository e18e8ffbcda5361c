package org.openphoneimport.listing;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names the conversations that one generation of the API lists and the other does not. All of them are imported. */
@ApplicationScoped
class ListingDifference {

    private final EntityManager entityManager;
    private final IssueLog issues;

    ListingDifference(EntityManager entityManager, IssueLog issues) {
        this.entityManager = entityManager;
        this.issues = issues;
    }

    @RegisterForReflection
    private record Row(String api, long number, String first) {
    }

    /** To be called when both lists have been read to their end; what came meanwhile may stand on one of them only. */
    @Transactional(TxType.MANDATORY)
    void name(ListingClaim claim) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT CASE WHEN listed.by_v1 THEN 'v1' ELSE '2026-03-30' END AS api, count(*) AS number,
                    array_to_string((array_agg(listed.conversation_id ORDER BY listed.position))[1:5], ', ') AS first
                FROM listed_conversations AS listed JOIN import_runs AS run ON run.id = listed.listing_id
                WHERE run.id = :run AND run.type = 'historical' AND run.witness IS NOT NULL AND run.witness_obstacle IS NULL
                    AND listed.by_v1 <> listed.by_dated AND coalesce(listed.created_at < run.listing_started_at, true)
                GROUP BY 1 ORDER BY 1
                """, Row.class).setParameter("run", claim.run()).getResultList();
        issues.add(claim.run(), rows.stream().map(Row.class::cast).map(row -> Issue.warning("listing", "list",
                "conversations of " + row.api() + " alone",
                "%s alone lists these conversations: %s (%d in all). They are imported as well".formatted(
                        row.api(), row.first(), row.number()),
                null)).toList());
    }
}
