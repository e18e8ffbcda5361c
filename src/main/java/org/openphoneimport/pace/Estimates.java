package org.openphoneimport.pace;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a run will come to. Absent rather than wrong: each is null while there is too little to tell it from.
 *
 * @param messages that the run will have received
 * @param calls that the run will have received
 * @param remaining time until everything has been read
 */
public record Estimates(@Nullable Integer messages, @Nullable Integer calls, @Nullable Duration remaining) {

    static final Estimates UNKNOWN = new Estimates(null, null, null);

    // Conversations are listed by their last activity, so the first ones hold more than others do.
    private static final double LEAST_SHARE = 0.05;

    private static final Duration LEAST_TIME = Duration.ofSeconds(30);
    private static final int LEAST_REQUESTS = 20;

    /**
     * How many there will be in the end.
     *
     * @param total known by now, or null
     * @param processed so far
     * @param share of the conversations that has been read
     * @param before what the last completed run of this type came to, or null
     */
    static @Nullable Integer expected(@Nullable Integer total, int processed, double share, @Nullable Integer before) {
        if (total != null) {
            return total;
        }
        if (share >= LEAST_SHARE) {
            return (int) Math.max(processed, Math.round(processed / share));
        }
        return before == null ? null : Math.max(before, processed);
    }

    /**
     * The time that is left at the pace of the last minutes.
     *
     * @param requests that are still to be sent at least
     * @param done requests of the same kind that conversations took which were read within the time
     * @param time in which they were
     */
    static Optional<Duration> remaining(long requests, long done, Duration time) {
        if (done < LEAST_REQUESTS || time.compareTo(LEAST_TIME) < 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round((double) time.toMillis() * requests / done)));
    }
}
