package org.openphoneimport.reading;

import java.sql.SQLException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaSender;

/**
 * Stores steps together, and if that fails finds the one that cannot be stored: one conversation's trouble is no trouble of
 * those it shares a transaction with.
 */
@ApplicationScoped
public class StepStore {

    private static final Logger LOG = Logger.getLogger(StepStore.class);

    static final int TRIES = 5;

    private final StepTransaction transaction;
    private final MediaSender media;

    StepStore(StepTransaction transaction, MediaSender media) {
        this.transaction = transaction;
        this.media = media;
    }

    /** Returns false when the batch is another worker's by now; then nothing was stored. */
    public boolean store(Claim.Items claim, List<Step> steps) {
        boolean stored = storeTogether(claim, steps);
        if (stored) {
            media.send(steps.stream().flatMap(step -> step.media().stream()).toList());
        }
        return stored;
    }

    private boolean storeTogether(Claim.Items claim, List<Step> steps) {
        for (int tries = 1;; tries++) {
            try {
                return transaction.store(claim, steps);
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
                        return steps.size() == 1 ? storeFailure(claim, steps.getFirst(), e) : storeEach(claim, steps);
                    }
                    default -> throw e;
                }
            }
        }
    }

    /** Says that the worker lives, when there has been nothing to store; returns false when the batch is another worker's. */
    public boolean renew(Claim.Items claim) {
        return transaction.renew(claim);
    }

    private boolean storeEach(Claim.Items claim, List<Step> steps) {
        return steps.stream().allMatch(step -> storeTogether(claim, List.of(step)));
    }

    private boolean storeFailure(Claim.Items claim, Step step, RuntimeException reason) {
        LOG.errorf(reason, "Failed to store what was read in batch %d of run %s", claim.number(), claim.run());
        return transaction.store(claim, List.of(step.failed("Postgres did not take what was read: " + rootMessage(reason))));
    }

    /** The class of the SQL state, such as 40 for a rollback that another transaction caused; empty when it is no SQL error. */
    static String sqlClass(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState().substring(0, 2);
            }
        }
        return "";
    }

    /** What Postgres said. */
    static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
