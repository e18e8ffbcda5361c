package org.openphoneimport.batch;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.reading.OpenSlice;
import org.openphoneimport.reading.SliceEnd;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;

/** Ends batches: those of which everything has been read, and those that kill their workers. */
@ApplicationScoped
class BatchEnd {

    private final EntityManager entityManager;
    private final BatchTable batches;
    private final IssueLog issues;
    private final EventLog events;
    private final SliceEnd slices;

    BatchEnd(EntityManager entityManager, BatchTable batches, IssueLog issues, EventLog events, SliceEnd slices) {
        this.entityManager = entityManager;
        this.batches = batches;
        this.issues = issues;
        this.events = events;
        this.slices = slices;
    }

    /** Ends a batch of which everything has been read. */
    @Transactional(TxType.REQUIRES_NEW)
    void finish(BatchClaim.Held claim) {
        if (claim.items().stream().anyMatch(OpenSlice.class::isInstance)) {
            slices.finish(claim);
        } else {
            batches.finish(claim);
        }
    }

    /**
     * Gives up a batch that no worker holds.
     *
     * @param slice null when the batch is none
     */
    @Transactional
    void giveUp(BatchRecord record, @Nullable OpenSlice slice, String why) {
        if (slice != null) {
            slices.fail(record.runId(), slice, why);
            return;
        }
        batches.fail(record.batchId());
        failOpenCalls(record, why);
        failOpenContacts(record, why);
        issues.add(record.runId(), failOpenConversations(record).stream()
                .map(conversation -> Issue.error("batch", "conversation", conversation, "Not imported. " + why, null))
                .toList());
        events.add(record.runId(), EventLog.Level.ERROR, "batch", why + "; it is not tried again until a retry");
    }

    private List<String> failOpenConversations(BatchRecord record) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE import_conversations SET status = 'failed', completed_at = clock_timestamp()
                WHERE batch_id = :batch AND status = 'pending' RETURNING conversation_id
                """, String.class).setParameter("batch", record.batchId()).getResultList();
        return failed.stream().map(String.class::cast).toList();
    }

    private void failOpenCalls(BatchRecord record, String why) {
        issues.add(record.runId(), CallPart.failOpen(record.batchId()).stream().distinct()
                .map(call -> Issue.error("batch", "call", call, "What belongs to it was not asked for. " + why, null))
                .toList());
    }

    private void failOpenContacts(BatchRecord record, String why) {
        issues.add(record.runId(), DirectoryParts.failOpen(record.batchId(), why).stream().distinct()
                .map(contact -> Issue.error("batch", "contact", contact, "What hangs on it was not asked for. " + why, null))
                .toList());
    }
}
