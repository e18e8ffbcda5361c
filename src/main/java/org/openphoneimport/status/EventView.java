package org.openphoneimport.status;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A line of a run's log.
 *
 * @param id rises with time
 * @param at when
 * @param level {@code info}, {@code warning} or {@code error}
 * @param kind what it is about: status, listing, batch, wait, issue, sample
 * @param what a whole sentence
 * @param figures of a sample; null for other kinds
 */
@RegisterForReflection
public record EventView(long id, Instant at, String level, String kind, String what, @Nullable Figures figures) {

    /**
     * How far a run was, and what the rate limiter had counted for its key, each from the beginning.
     *
     * @param granted requests that the limiter let through
     * @param refused 429s
     * @param waitedMillis that requests waited for their slots, all together
     * @param conversations that were imported
     * @param messages that were received
     * @param calls that were received
     */
    @RegisterForReflection
    public record Figures(long granted, long refused, long waitedMillis, long conversations, long messages, long calls) {
    }
}
