package org.openphoneimport.keep;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.activity.Activity;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.call.PartKind;
import org.openphoneimport.directory.DirectoryPart.Subject;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.listing.ListingLease;
import org.openphoneimport.media.Media;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Progress;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What failed in a run, or got lost on the way, is opened again here. It belongs in the transaction that lets the run go
 * on: else the run could end between the two.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class FailedWork {

    private final EntityManager entityManager;
    private final BatchTable batches;
    private final IssueLog issues;
    private final EventLog events;
    private final ListLedger listLedger;
    private final Counters counters;
    private final ListingLease listing;

    FailedWork(EntityManager entityManager, BatchTable batches, IssueLog issues, EventLog events, ListLedger listLedger,
            Counters counters,
            ListingLease listing) {
        this.entityManager = entityManager;
        this.batches = batches;
        this.issues = issues;
        this.events = events;
        this.listLedger = listLedger;
        this.counters = counters;
        this.listing = listing;
    }

    /** Opens everything that failed or was refused in a run, other than its files; returns how much that is. */
    int reopenAll(UUID run) {
        return reopenWhat(run, null);
    }

    /** Opens what some issues of a run are about; returns how much that is. */
    int reopen(UUID run, Collection<Long> only) {
        return reopenWhat(run, only.toArray(Long[]::new));
    }

    private int reopenWhat(UUID run, Long @Nullable [] only) {
        int reopened = reopenConversations(run, only) + reopenCalls(run, only) + reopenContacts(run, only)
                + reopenDirectory(run, only);
        listing.forgetDeaths(run);
        return reopened;
    }

    /** Opens slices of time that failed, with all conversations that did; returns whether there were any. */
    boolean reopenSlices(UUID run) {
        return hasFailedSlices(run) && reopenConversations(run, null) > 0;
    }

    private boolean hasFailedSlices(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status = 'failed')
                """).setParameter("run", run).getSingleResult();
    }

    /** The files that issues are about; those that are about something else have none. */
    List<String> filesOf(UUID run, Collection<Long> only) {
        List<?> files = entityManager.createNativeQuery("""
                SELECT subject_id FROM import_issues WHERE id = ANY(:only) AND run_id = :run AND stage = 'media' ORDER BY id
                """, String.class).setParameter("only", only.toArray(Long[]::new)).setParameter("run", run).getResultList();
        return files.stream().map(String.class::cast).toList();
    }

    /** Records that came while the run stood still were dropped without a note: all are to be sent again. */
    void forgetRecords(UUID run) {
        Media.forgetRecords(run);
        batches.forgetSent(run);
    }

    @RegisterForReflection
    private record ReopenedRow(String conversationId, @Nullable UUID batchId) {
    }

    /** Conversations that failed are open again, and so are their batches; returns how many. */
    private int reopenConversations(UUID run, Long @Nullable [] only) {
        boolean slices = only == null || concernsSlices(run, only);
        readFromTheBeginning(run);
        if (slices) {
            readSlicesFromTheBeginning(run);
        }
        List<?> rows = entityManager.createNativeQuery("""
                UPDATE import_conversations SET status = 'pending', attempts = 0, completed_at = NULL, refused = false,
                    -- What was refused is asked for from its beginning, what was not answered where it stopped.
                    stage = CASE WHEN status = 'unavailable' OR refused THEN 'messages' ELSE stage END,
                    page_token = CASE WHEN status = 'unavailable' OR refused THEN NULL ELSE page_token END
                WHERE run_id = :run AND status IN ('failed', 'unavailable') AND (:slices
                    OR coalesce(same_thread_as, conversation_id) IN (
                        SELECT coalesce(named.same_thread_as, named.conversation_id)
                        FROM import_issues AS issue JOIN import_conversations AS named
                            ON named.run_id = issue.run_id AND named.conversation_id = issue.subject_id
                        WHERE issue.id = ANY(CAST(:only AS bigint[])) AND issue.run_id = :run))
                RETURNING conversation_id, batch_id
                """, ReopenedRow.class)
                .setParameter("run", run).setParameter("only", only).setParameter("slices", slices).getResultList();
        var reopened = rows.stream().map(ReopenedRow.class::cast).toList();
        int reopenedSlices = batches.reopen(run,
                reopened.stream().map(ReopenedRow::batchId).filter(Objects::nonNull).distinct().toList(), slices);
        issues.resolve(run, "conversation", reopened.stream().map(ReopenedRow::conversationId).toList());
        if (reopenedSlices > 0) {
            issues.resolve(run, "slice", (Long[]) null);
        }
        counters.recountConversations(run);
        int tried = reopened.size() + reopenedSlices;
        events.add(run, EventLog.Level.INFO, "status", "Trying " + tried + " conversations again");
        return tried;
    }

    private boolean concernsSlices(UUID run, Long[] only) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_issues WHERE id = ANY(:only) AND run_id = :run AND subject = 'slice')
                """).setParameter("run", run).setParameter("only", only).getSingleResult();
    }

    @RegisterForReflection
    private record BegunRow(String conversationId, int messages, int calls) {
    }

    /**
     * Conversations that failed begin anew if a later run has received rows of theirs: those rows no longer tell which of them
     * this run has counted, and page tokens do not live so long.
     */
    private void readFromTheBeginning(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                WITH failed AS (
                    SELECT conversation_id, messages, calls FROM import_conversations
                    WHERE run_id = :run AND status IN ('failed', 'unavailable') AND batch_id IS NOT NULL AND EXISTS (
                        SELECT FROM import_runs AS later
                        WHERE later.created_at > (SELECT created_at FROM import_runs WHERE id = :run))
                    ORDER BY conversation_id FOR UPDATE
                ), begun AS (
                    UPDATE import_conversations SET stage = 'messages', page_token = NULL, messages = 0, calls = 0
                    WHERE run_id = :run AND conversation_id IN (SELECT conversation_id FROM failed)
                )
                SELECT conversation_id, messages, calls FROM failed
                """, BegunRow.class).setParameter("run", run).getResultList();
        var begun = rows.stream().map(BegunRow.class::cast).toList();
        if (!begun.isEmpty()) {
            forget(run, begun.stream().map(BegunRow::conversationId).toList());
            counters.add(run, new Progress(0, 0, -begun.stream().mapToInt(BegunRow::messages).sum(),
                    -begun.stream().mapToInt(BegunRow::calls).sum(), 0, null, null));
        }
    }

    private static void forget(UUID run, @Nullable List<String> conversations) {
        Activity.MESSAGE.forget(run, conversations);
        Activity.CALL.forget(run, conversations);
    }

    /** The same for slices of time that failed, but then for all of a run: their conversations are in others as well. */
    private void readSlicesFromTheBeginning(UUID run) {
        int begun = batches.restartFailedSlices(run);
        if (begun > 0) {
            entityManager.createNativeQuery("""
                    UPDATE import_conversations SET status = 'failed', messages = 0, calls = 0 WHERE run_id = :run
                    """).setParameter("run", run).executeUpdate();
            forget(run, null);
            counters.forgetActivities(run);
        }
    }

    /** Lets the run ask again for parts of calls that failed or were refused; keep-runs cuts them into batches. */
    private int reopenCalls(UUID run, Long @Nullable [] only) {
        int reopened = CallPart.reopenFailed(run, only);
        issues.resolve(run, "call", only);
        if (only == null) {
            for (var kind : PartKind.values()) {
                issues.resolve(run, Issue.Level.WARNING, kind.text(), "plan", List.of(kind.many()));
            }
        }
        return reopened;
    }

    /** Parts of contacts that failed or were refused are to be asked for again; keep-runs cuts them into batches. */
    private int reopenContacts(UUID run, Long @Nullable [] only) {
        int reopened = reopenParts(run, Subject.CONTACT, only);
        issues.resolve(run, "contact", only);
        return reopened;
    }

    private int reopenParts(UUID run, Subject subject, Long @Nullable [] only) {
        var reopened = DirectoryParts.reopenFailed(run, subject, only);
        reopened.forEach((kind, ids) -> issues.resolve(run, Issue.Level.WARNING, kind.words(), subject.text(), ids));
        return reopened.values().stream().mapToInt(List::size).sum();
    }

    /** A list of the directory that could not be read makes the listing begin again. */
    private int reopenDirectory(UUID run, Long @Nullable [] only) {
        int reopened = reopenParts(run, Subject.PHONE_NUMBER, only) + issues.resolve(run, "list", only);
        if (reopened > 0) {
            listLedger.forgetFreshness();
            listing.repeat(run);
        }
        return reopened;
    }
}
