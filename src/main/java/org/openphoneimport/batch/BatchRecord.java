package org.openphoneimport.batch;

import java.util.UUID;

/** What stands in a record of the import queue: which batch is to be imported. The work itself stands in the database. */
public record BatchRecord(UUID runId, UUID batchId) {
}
