package org.openphoneimport.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The time range of a run: what was created in [from, to).
 *
 * @param from its start
 * @param fromGiven whether the start was asked for; if not, nothing older is left out either: a historical run reads all of it,
 *        a reconciliation what the ledger lacks
 * @param to its end, or null when it is open
 */
public record Window(Instant from, boolean fromGiven, @Nullable Instant to) {

    /** Where a historical import starts: before anything that a workspace holds. */
    public static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

    // Whether OpenPhone's bounds are inclusive is not documented: a millisecond outwards they may be either.
    private static final Duration EDGE = Duration.ofMillis(1);

    /** For OpenPhone's {@code createdAfter}; null when nothing is to be left out. */
    public @Nullable Instant createdAfter() {
        return fromGiven ? from.minus(EDGE) : null;
    }

    /** For OpenPhone's {@code createdBefore}. */
    public @Nullable Instant createdBefore() {
        return to == null ? null : to.plus(EDGE);
    }
}
