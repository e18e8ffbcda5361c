/**
 * Runs, dead letters and the workspace as JSON for scripts, and the health check of the queue.
 *
 * <p>
 * A resource reads its parameters, asks {@code status} once, in one {@code Snapshot}, and returns what it got.
 */
@NullMarked
package org.openphoneimport.api;

import org.jspecify.annotations.NullMarked;
