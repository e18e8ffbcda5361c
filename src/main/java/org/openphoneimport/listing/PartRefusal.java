package org.openphoneimport.listing;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.openphoneimport.directory.DirectoryPart;
import org.openphoneimport.directory.DirectoryPart.Subject;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.ListLedger;

/** Tells a kind of parts that OpenPhone refuses altogether from one that it refuses for one contact or number. */
@ApplicationScoped
class PartRefusal {

    private final EntityManager entityManager;
    private final ListLedger listLedger;
    private final IssueLog issues;

    PartRefusal(EntityManager entityManager, ListLedger listLedger, IssueLog issues) {
        this.entityManager = entityManager;
        this.listLedger = listLedger;
        this.issues = issues;
    }

    /** Gives up what was refused often enough and given for none, and names it; within the caller's transaction. */
    void giveUp(UUID run, Subject subject) {
        for (var kind : DirectoryParts.giveUp(run, subject)) {
            listLedger.refuseList(DirectoryPlan.list(kind.kind()), kind.finding());
            issues.add(run, List.of(Issue.error("directory", "list", kind.kind().words(),
                    "The %s could not be read: OpenPhone refused them for all of the %d %ss that were asked for. %s"
                            .formatted(kind.kind().words(), kind.refused(), subject.text(), kind.finding()),
                    null)));
        }
    }

    /** Names what hangs on contacts, where OpenPhone does not list them; within the caller's transaction. */
    void refuseWithContacts(UUID run, List<DirectoryPart> kinds, String what) {
        for (var kind : kinds) {
            listLedger.refuseList(DirectoryPlan.list(kind), what);
            issues.add(run, List.of(Issue.error("directory", "list", kind.words(),
                    "The %s could not be read: OpenPhone refuses the list of contacts. %s".formatted(kind.words(), what),
                    null)));
        }
    }

    /** Records in the ledger the kinds of which a run has read all that it had to; within the caller's transaction. */
    void conclude(UUID run, List<DirectoryPart> kinds) {
        for (var kind : kinds) {
            if (!isRefused(run, kind) && DirectoryParts.isRead(run, kind)) {
                // How old these may be is decided by number and contact.
                listLedger.addDirectory(run, DirectoryPlan.list(kind), kind.table(), Duration.ZERO, null);
            }
        }
    }

    /** Whether a run goes without a kind. */
    boolean isRefused(UUID run, DirectoryPart kind) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_issues WHERE run_id = :run AND subject = 'list'
                    AND subject_id = :kind AND resolved_at IS NULL)
                """).setParameter("run", run).setParameter("kind", kind.words()).getSingleResult();
    }
}
