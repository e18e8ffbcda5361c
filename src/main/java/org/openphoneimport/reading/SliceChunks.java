package org.openphoneimport.reading;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.call.Call;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Progress;
import org.openphoneimport.run.WorkspaceList;

/** Stores pages of slices: a page counts only if its slice still stands where the page starts. */
@ApplicationScoped
class SliceChunks {

    private final EntityManager entityManager;
    private final BatchTable batches;
    private final IssueLog issues;
    private final CallChunks parts;
    private final SliceEnd end;
    private final ListLedger listLedger;
    private final Counters counters;

    SliceChunks(EntityManager entityManager, BatchTable batches, IssueLog issues, CallChunks parts, SliceEnd end,
            ListLedger listLedger, Counters counters) {
        this.entityManager = entityManager;
        this.batches = batches;
        this.issues = issues;
        this.parts = parts;
        this.end = end;
        this.listLedger = listLedger;
        this.counters = counters;
    }

    /** Renews the lease as well; returns false when the slice is another worker's by now: then nothing was stored. */
    @Transactional
    boolean store(BatchClaim.Held claim, SliceChunk chunk) {
        var to = chunk.to();
        if (to == null) {
            return end.fail(claim, chunk.issues());
        }
        if (!batches.goOn(claim, chunk.from(), to)) {
            return false;
        }
        Conversation.keepUnlisted(chunk.shown());
        int unlisted = addToRun(claim.run(), chunk.conversations());
        int messages = Message.store(chunk.messages(), claim.run());
        int calls = Call.store(chunk.calls(), claim.run());
        CallPart.note(chunk.calls().stream().map(call -> call.document().id()).toList(), claim.run());
        if (!chunk.parts().isEmpty()) {
            parts.store(claim.run(), chunk.parts());
        }
        int media = Media.note(chunk.files(), claim.run());
        counters.addWhileGoingOn(claim.run(), new Progress(unlisted, 0, messages, calls, media,
                chunk.conversations().stream().findFirst().orElse(null), null));
        // Behind the run, as everywhere: several chunks share a transaction, and another slice may end meanwhile.
        record(claim.run(), chunk.slice().range(), chunk.from().stage(), to.stage());
        issues.add(claim.run(), chunk.issues());
        return true;
    }

    /** A stage that has come to its end is read for the slice's time. */
    private void record(UUID run, TimeSlice range, SliceCheckpoint.Stage from, SliceCheckpoint.Stage to) {
        if (from != to) {
            listLedger.addList(run, switch (from) {
                case MESSAGES -> WorkspaceList.MESSAGES;
                case CALLS -> WorkspaceList.CALLS;
                case DONE -> throw new IllegalStateException("Nothing ends after the end");
            }, range.from(), range.to());
        }
    }

    /** Adds conversations that the listing did not show, and locks all: other slices count in the same ones. */
    private int addToRun(UUID run, List<String> conversations) {
        if (conversations.isEmpty()) {
            return 0;
        }
        int added = entityManager.createNativeQuery("""
                INSERT INTO import_conversations (run_id, conversation_id)
                SELECT :run, id FROM unnest(CAST(:ids AS text[])) AS id ORDER BY id
                ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("ids", conversations.toArray(String[]::new))
                .executeUpdate();
        entityManager.createNativeQuery("""
                SELECT conversation_id FROM import_conversations WHERE run_id = :run AND conversation_id = ANY(:ids)
                ORDER BY conversation_id FOR UPDATE
                """, String.class)
                .setParameter("run", run)
                .setParameter("ids", conversations.toArray(String[]::new))
                .getResultList();
        return added;
    }
}
