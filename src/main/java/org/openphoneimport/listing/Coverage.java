package org.openphoneimport.listing;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.WorkspaceList;

/**
 * Up to when the workspace is here, as {@code workspace_listed} says. A listing shows what there is, but late rows and changes
 * are here only when all has been read that a run wanted to, and was verified: then the time moves on, and not before.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class Coverage {

    private final EntityManager entityManager;
    private final Ledger ledger;
    private final ListLedger listLedger;
    private final ListingExtent extent;
    private final ReconciliationConfig config;

    Coverage(EntityManager entityManager, Ledger ledger, ListLedger listLedger, ListingExtent extent,
            ReconciliationConfig config) {
        this.entityManager = entityManager;
        this.ledger = ledger;
        this.listLedger = listLedger;
        this.extent = extent;
        this.config = config;
    }

    /** A run has listed conversations to their end: what they show counts as missing where it has not been read. */
    void noteListed(UUID id) {
        var run = Run.withId(id).orElseThrow();
        var to = end(run);
        listLedger.addList(id, WorkspaceList.CONVERSATIONS,
                (to == null || to.isAfter(run.createdAt) ? run.createdAt : to).minusMillis(1), to);
    }

    /** Everything that a run was to read of conversations has ended: what OpenPhone did not give does not count as read. */
    public void doubtUnread(UUID id) {
        if (!hasFailed(id)) {
            ledger.doubtUnread(id);
        }
    }

    /**
     * A run has ended, and what it read has been verified. Unless something failed, all up to its start is here, or up to the
     * end of its range, but for what OpenPhone did not give and what the verification has found.
     */
    public void noteRead(UUID id) {
        if (!hasFailed(id)) {
            var run = Run.withId(id).orElseThrow();
            listLedger.addList(id, WorkspaceList.CONVERSATIONS, start(run), run.windowTo);
        }
    }

    private boolean hasFailed(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_conversations WHERE run_id = :run AND status = 'failed')
                    OR EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status = 'failed')
                """).setParameter("run", run).getSingleResult();
    }

    // A run that was given a time to begin at looks for nothing that came or changed late before it.
    private @Nullable Instant start(Run run) {
        if (run.windowFromGiven) {
            var from = run.windowFrom.plus(config.overlap());
            return from.isBefore(run.createdAt) ? from : run.createdAt.minusMillis(1);
        }
        return extent.updatedSince(run.id);
    }

    // A historical import lists all that there is, whatever its range: what lies behind that shows as a gap.
    private static @Nullable Instant end(Run run) {
        return run.type() == RunType.HISTORICAL ? null : run.windowTo;
    }
}
