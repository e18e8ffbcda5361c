package org.openphoneimport.reading;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaSender;

/**
 * Stores chunks together, and if that fails finds the one that cannot be stored: one conversation's trouble is no trouble of
 * those it shares a transaction with.
 */
@ApplicationScoped
public class ChunkStore {

    private static final Logger LOG = Logger.getLogger(ChunkStore.class);

    private static final int TRIES = 5;

    private final ChunkTransaction transaction;
    private final MediaSender media;

    ChunkStore(ChunkTransaction transaction, MediaSender media) {
        this.transaction = transaction;
        this.media = media;
    }

    /**
     * Returns the chunks that were stored as they are: where Postgres refuses one, its item fails. Empty when the batch is
     * another worker's by now; then nothing was stored.
     */
    public Optional<List<Chunk>> store(BatchClaim.Held claim, List<Chunk> chunks) {
        var stored = storeTogether(claim, chunks);
        stored.ifPresent(as -> media.send(as.stream().flatMap(chunk -> chunk.media().stream()).toList()));
        return stored;
    }

    private Optional<List<Chunk>> storeTogether(BatchClaim.Held claim, List<Chunk> chunks) {
        for (int tries = 1;; tries++) {
            try {
                return transaction.store(claim, chunks) ? Optional.of(chunks) : Optional.empty();
            } catch (RuntimeException e) {
                switch (sqlClass(e)) {
                    // A deadlock, or another transaction that Postgres let go first: all of it can be done again.
                    case "40" -> {
                        if (tries == TRIES) {
                            throw e;
                        }
                    }
                    // Data that Postgres does not take, though they look as if it would.
                    case "22", "23", "54" -> {
                        return chunks.size() == 1 ? storeFailure(claim, chunks.getFirst(), e) : storeEach(claim, chunks);
                    }
                    default -> throw e;
                }
            }
        }
    }

    /** Says that the worker lives, when there has been nothing to store; returns false when the batch is another worker's. */
    public boolean renew(BatchClaim.Held claim) {
        return transaction.renew(claim);
    }

    private Optional<List<Chunk>> storeEach(BatchClaim.Held claim, List<Chunk> chunks) {
        var stored = new ArrayList<Chunk>();
        for (var chunk : chunks) {
            var alone = storeTogether(claim, List.of(chunk));
            if (alone.isEmpty()) {
                return alone;
            }
            stored.addAll(alone.get());
        }
        return Optional.of(stored);
    }

    private Optional<List<Chunk>> storeFailure(BatchClaim.Held claim, Chunk chunk, RuntimeException reason) {
        LOG.errorf(reason, "Failed to store what was read in batch %d of run %s", claim.number(), claim.run());
        var failed = chunk.failed("Postgres did not take what was read: " + rootMessage(reason));
        return transaction.store(claim, List.of(failed)) ? Optional.of(List.of()) : Optional.empty();
    }

    /** The class of the SQL state, such as 40 for a rollback that another transaction caused; empty when it is no SQL error. */
    private static String sqlClass(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState().substring(0, 2);
            }
        }
        return "";
    }

    /** What Postgres said. */
    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
