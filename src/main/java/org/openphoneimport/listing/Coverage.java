package org.openphoneimport.listing;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.WorkspaceList;

/**
 * Up to when the workspace is here, as {@code workspace_listed} says. A listing shows what there is, but late rows and changes
 * are here only when all has been read that a run wanted to: then the time moves on, and not before.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class Coverage {

    private final EntityManager entityManager;
    private final ListLedger ledger;
    private final ListingExtent extent;
    private final ReconciliationConfig config;

    Coverage(EntityManager entityManager, ListLedger ledger, ListingExtent extent, ReconciliationConfig config) {
        this.entityManager = entityManager;
        this.ledger = ledger;
        this.extent = extent;
        this.config = config;
    }

    /** A run has listed conversations to their end: what they show counts as missing where it has not been read. */
    void noteListed(UUID id) {
        var run = Run.withId(id).orElseThrow();
        var to = end(run);
        ledger.addList(id, WorkspaceList.CONVERSATIONS,
                (to == null || to.isAfter(run.createdAt) ? run.createdAt : to).minusMillis(1), to);
    }

    /** Everything that a run was to read of conversations has ended: unless something failed, all up to its start is here. */
    public void noteRead(UUID id) {
        if (!hasFailed(id)) {
            var run = Run.withId(id).orElseThrow();
            ledger.addList(id, WorkspaceList.CONVERSATIONS, start(run), end(run));
        }
    }

    private boolean hasFailed(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_conversations WHERE run_id = :run AND status = 'failed')
                    OR EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status = 'failed')
                """).setParameter("run", run).getSingleResult();
    }

    /**
     * All conversations were listed, or those that were updated since some time. A reconciliation that was given a time to
     * begin
     * at does not look for what changed late before it, but has listed all.
     */
    private @Nullable Instant start(Run run) {
        if (run.type() == RunType.RECONCILIATION && run.windowFromGiven) {
            var from = run.windowFrom.plus(config.overlap());
            return from.isBefore(run.createdAt) ? from : run.createdAt.minusMillis(1);
        }
        return extent.updatedSince(run.id);
    }

    private static @Nullable Instant end(Run run) {
        return run.type() == RunType.HISTORICAL ? null : run.windowTo;
    }
}
