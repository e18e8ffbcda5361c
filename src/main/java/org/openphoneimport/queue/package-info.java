/** Queues that records travel, as SQS has them. */
@NullMarked
package org.openphoneimport.queue;

import org.jspecify.annotations.NullMarked;
