package org.openphoneimport.batch;

import java.util.UUID;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What stands in a record of the import queue: which batch is to be imported. The work itself stands in the database. */
@RegisterForReflection
public record BatchRecord(UUID runId, UUID batchId) {
}
