package org.openphoneimport.batch;

/** A record names a batch that does not exist: it belongs to another database, or its run has been deleted. */
class UnknownBatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownBatchException(BatchRecord record) {
        super("There is no batch " + record.batchId() + " of a run " + record.runId());
    }
}
