package org.openphoneimport.reading;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Runs;

/**
 * Stores chunks: rows, checkpoints and the run's counters change in one transaction. That is what makes an import exact,
 * whichever
 * worker imports a batch how often.
 *
 * <p>
 * Locks are taken in one order everywhere: batch, conversations by id, messages by id, calls by id, parts of calls, notes and
 * the like by id, parts of contacts, run. The run's row, which all workers need, comes last, right before the commit.
 */
@ApplicationScoped
class ChunkTransaction {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final ConversationChunks conversations;
    private final CallChunks calls;
    private final ContactChunks contacts;
    private final SliceChunks slices;
    private final Runs runs;

    ChunkTransaction(EntityManager entityManager, ImportConfig config, ConversationChunks conversations, CallChunks calls,
            ContactChunks contacts, SliceChunks slices, Runs runs) {
        this.entityManager = entityManager;
        this.config = config;
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
        // A batch that gets on does not kill its workers: deaths before are forgotten.
        if (!renew(claim, ", idle_returns = 0, attempts = 1")) {
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
        return renew(claim, "");
    }

    private boolean renew(BatchClaim.Held claim, String andSet) {
        int renewed = entityManager.createNativeQuery("""
                UPDATE import_batches SET lease_until = clock_timestamp() + :lease * interval '1 second'%s
                WHERE id = :batch AND lease_owner = :owner
                """.formatted(andSet))
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("batch", claim.batch())
                .setParameter("owner", claim.owner())
                .executeUpdate();
        return switch (renewed) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalStateException(renewed + " batches have the id " + claim.batch());
        };
    }

    private static <T extends Chunk> List<T> of(Class<T> kind, List<Chunk> chunks) {
        return chunks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
