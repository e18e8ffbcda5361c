package org.openphoneimport.reading;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.run.Runs;

/**
 * Stores chunks: rows, checkpoints and the run's counters change in one transaction. That is what makes an import exact,
 * whichever worker imports a batch how often.
 *
 * <p>
 * Locks are taken in one order everywhere: batch, conversations by id, messages by id, calls by id, parts of calls, notes and
 * the like by id, parts of contacts, run. The run's row, which all workers need, comes last, right before the commit.
 */
@ApplicationScoped
class ChunkTransaction {

    private final BatchTable batches;
    private final ConversationChunks conversations;
    private final CallChunks calls;
    private final ContactChunks contacts;
    private final SliceChunks slices;
    private final Runs runs;

    ChunkTransaction(BatchTable batches, ConversationChunks conversations, CallChunks calls,
            ContactChunks contacts, SliceChunks slices, Runs runs) {
        this.batches = batches;
        this.conversations = conversations;
        this.calls = calls;
        this.contacts = contacts;
        this.slices = slices;
        this.runs = runs;
    }

    /**
     * Returns false when the batch is another worker's by now; then nothing was stored. Nor is anything when the run has ended:
     * that is thrown.
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean store(BatchClaim.Held claim, List<Chunk> chunks) {
        var ofSlices = of(SliceChunk.class, chunks);
        if (!ofSlices.isEmpty()) {
            // A slice is its batch: its checkpoint and its lease stand in one row.
            return ofSlices.stream().allMatch(chunk -> slices.store(claim, chunk));
        }
        if (!batches.goOn(claim)) {
            return false;
        }
        var ofConversations = of(ConversationChunk.class, chunks);
        if (!ofConversations.isEmpty()) {
            conversations.store(claim, ofConversations);
        }
        var ofCalls = of(CallChunk.class, chunks);
        if (!ofCalls.isEmpty()) {
            calls.store(claim.run(), ofCalls);
            runs.requireGoingOn(claim.run());
        }
        var ofContacts = of(ContactChunk.class, chunks);
        if (!ofContacts.isEmpty()) {
            contacts.store(claim.run(), ofContacts);
            runs.requireGoingOn(claim.run());
        }
        return true;
    }

    /** Renews the lease; returns false when the batch is another worker's by now. */
    @Transactional
    boolean renew(BatchClaim.Held claim) {
        return batches.renew(claim);
    }

    private static <T extends Chunk> List<T> of(Class<T> kind, List<Chunk> chunks) {
        return chunks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
