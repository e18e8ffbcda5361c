package org.openphoneimport.openphone;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Everything created in [from, to).
 *
 * @param from its start, or null when it is open
 * @param to its end, or null when it is open
 */
public record TimeSlice(@Nullable Instant from, @Nullable Instant to) {

    // A millisecond outwards, bounds may be inclusive or not: what comes twice is recognised.
    private static final Duration EDGE = Duration.ofMillis(1);

    // Rows that came from elsewhere may be older than OpenPhone, and zero where a time was lacking is 1970.
    private static final Instant BEFORE_EVERYTHING = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant AFTER_EVERYTHING = Instant.parse("2100-01-01T00:00:00Z");

    /** Whether a row of that time is one that was asked for. A row without a time may be. */
    public boolean holds(@Nullable Instant createdAt) {
        return createdAt == null || ((from == null || !createdAt.isBefore(lowerBound()))
                && (to == null || !createdAt.isAfter(upperBound())));
    }

    /** The part of it that was created at a time or before. */
    public TimeSlice until(Instant last) {
        return new TimeSlice(from, last);
    }

    /** The part of it that was created at a time or after. */
    public TimeSlice since(Instant first) {
        return new TimeSlice(first, to);
    }

    /** {@code 2026-01-01T00:00:00Z/2026-02-01T00:00:00Z}; an open end is {@code ..}. */
    @Override
    public String toString() {
        return (from == null ? ".." : from) + "/" + (to == null ? ".." : to);
    }

    Instant lowerBound() {
        return from == null ? BEFORE_EVERYTHING : from.minus(EDGE);
    }

    Instant upperBound() {
        return to == null ? AFTER_EVERYTHING : to.plus(EDGE);
    }
}
