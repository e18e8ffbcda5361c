/**
 * One machine: what AWS brings (Postgres, queues, the event source mapping, invocations) and a sample workspace, all in one
 * process. Nothing of it is in the Lambda artifact.
 */
@NullMarked
package org.openphoneimport.local;

import org.jspecify.annotations.NullMarked;
