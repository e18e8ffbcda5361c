/**
 * A batch travels the queue; it is claimed, imported, handed back or finished.
 *
 * <p>
 * {@link org.openphoneimport.batch.ImportBatchHandler} takes records off the queue, {@code Batches} claims, {@code BatchImport}
 * has the items of a batch read, several at a time, by the readers of {@code reading}, and stores what comes as
 * {@link org.openphoneimport.reading.Chunk}s, each in one transaction with the counters.
 */
@NullMarked
package org.openphoneimport.batch;

import org.jspecify.annotations.NullMarked;
