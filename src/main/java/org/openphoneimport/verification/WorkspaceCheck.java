package org.openphoneimport.verification;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Says what the database holds of the workspace, from the ledger, the last verification and what is still waited for. */
@ApplicationScoped
public class WorkspaceCheck {

    private final EntityManager entityManager;

    WorkspaceCheck(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @RegisterForReflection
    private record GapRow(String kind, String reason, boolean accepted, long number) {
    }

    /** What it holds now. */
    @Transactional
    public Workspace read() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT kind, reason, accepted, count(*) AS number FROM workspace_gaps
                GROUP BY kind, reason, accepted
                ORDER BY array_position(CAST('{missing,unavailable,waiting}' AS text[]), kind), count(*) DESC, reason
                """, GapRow.class).getResultList();
        var gaps = rows.stream().map(GapRow.class::cast).toList();
        return Workspace.of(coveredUntil(),
                gaps.stream().filter(gap -> !gap.accepted()).map(WorkspaceCheck::open).toList(),
                gaps.stream().filter(gap -> gap.accepted())
                        .mapToLong(gap -> gap.number()).sum(),
                stored(), leftOut());
    }

    private List<String> leftOut() {
        List<?> lists = entityManager.createNativeQuery("""
                SELECT replace(list, '_', ' ') FROM list_records WHERE left_out IS NOT NULL ORDER BY list
                """, String.class).getResultList();
        return lists.stream().map(String.class::cast).toList();
    }

    private static Workspace.Open open(GapRow gap) {
        return new Workspace.Open(gap.kind(), gap.reason(), gap.number());
    }

    private @Nullable Instant coveredUntil() {
        return (Instant) entityManager.createNativeQuery("SELECT until FROM workspace_listed", Instant.class).getSingleResult();
    }

    private Workspace.Stored stored() {
        return (Workspace.Stored) entityManager.createNativeQuery("""
                SELECT (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM messages) AS messages,
                    (SELECT count(*) FROM calls) AS calls, (SELECT count(*) FROM media WHERE status = 'stored') AS files
                """, Workspace.Stored.class).getSingleResult();
    }
}
