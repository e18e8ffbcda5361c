/**
 * What is read of a conversation, a call, a contact or a slice of time, and stored.
 *
 * <p>
 * A reader makes requests and puts what it received into chunks; a chunk is stored in one transaction, with the checkpoint
 * where the reading goes on, and with the run's counters. So an item that is read twice, or by two workers at once, is stored
 * once.
 */
@NullMarked
package org.openphoneimport.reading;

import org.jspecify.annotations.NullMarked;
