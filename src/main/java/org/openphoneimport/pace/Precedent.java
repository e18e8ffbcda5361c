package org.openphoneimport.pace;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The last completed run of a kind: what the next one will come to, roughly.
 *
 * @param conversations that it read
 * @param messages that it received
 * @param calls that it received
 * @param took without the time that it was paused
 * @param requests that were sent for it at least; null where that was not counted
 */
public record Precedent(long conversations, long messages, long calls, Duration took, @Nullable Long requests) {
}
