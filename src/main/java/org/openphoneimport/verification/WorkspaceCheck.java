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
                stored(), leftOut(), around());
    }

    private List<String> leftOut() {
        List<?> lists = entityManager.createNativeQuery("""
                SELECT replace(list, '_', ' ') FROM list_records WHERE left_out IS NOT NULL ORDER BY list
                """, String.class).getResultList();
        return lists.stream().map(String.class::cast).toList();
    }

    @RegisterForReflection
    private record AroundRow(@Nullable Instant unchangedUntil, @Nullable Instant listsUntil, @Nullable Instant partsUntil,
            String[] unconfirmed) {
    }

    /** Of a list that was never read a gap tells, and of one that is refused or left out. */
    private Surroundings around() {
        var row = (AroundRow) entityManager.createNativeQuery("""
                SELECT (SELECT nullif(min(greatest(read_to(ledger.read_of_v1), (SELECT max(run.created_at)
                            -- What came after the run was new to its verification, and not missing.
                            FROM verifications JOIN import_runs AS run ON run.id = run_id AND run.cleared_at IS NULL
                                AND NOT run.window_from_given AND run.window_to IS NULL
                            WHERE verifications.complete AND verifications.status = 'clean'))), '-infinity')
                        FROM ledger JOIN conversations AS conversation ON conversation.id = ledger.conversation_id
                        WHERE conversation.absent_since IS NULL AND ledger.thread_key IS NOT NULL
                            AND ledger.messages_refused IS NULL AND ledger.calls_refused IS NULL) AS unchanged_until,
                    nullif(min(read_to(read)) FILTER (WHERE left_out IS NULL AND refused IS NULL AND list IN
                        ('users', 'contacts', 'custom_fields', 'tasks', 'organization')), '-infinity') AS lists_until,
                    (SELECT min(asked_at) FROM directory_parts AS part WHERE part.status IN ('stored', 'none')
                        AND NOT EXISTS (SELECT FROM list_records WHERE list = part.kind AND left_out IS NOT NULL)
                        AND NOT EXISTS (SELECT FROM contacts WHERE part.subject = 'contact' AND id = part.subject_id
                            AND absent_since IS NOT NULL)
                        AND NOT EXISTS (SELECT FROM phone_numbers WHERE part.subject = 'phone number'
                            AND id = part.subject_id AND absent_since IS NOT NULL)) AS parts_until,
                    coalesce(array_agg(replace(list, '_', ' ') ORDER BY list)
                        FILTER (WHERE unconfirmed IS NOT NULL AND left_out IS NULL), '{}') AS unconfirmed
                FROM list_records
                """, AroundRow.class).getSingleResult();
        return new Surroundings(row.unchangedUntil(), row.listsUntil(), row.partsUntil(), List.of(row.unconfirmed()));
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
