package org.openphoneimport.prospect;

import java.time.Duration;
import java.time.Instant;

import org.openphoneimport.openphone.Preview;

/**
 * How many rows there are in a slice of time, by a page of its newest ones.
 *
 * @param seen how many there are at least
 * @param estimate if they are as dense in all of the slice
 */
record Sampled(long seen, double estimate) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    static Sampled of(Preview.Newest newest, Instant from, Instant to) {
        if (!newest.more() || newest.oldest() == null) {
            return new Sampled(newest.rows(), newest.rows());
        }
        double all = seconds(Duration.between(from, to));
        double covered = Math.min(all, Math.max(seconds(LEAST), seconds(Duration.between(newest.oldest(), to))));
        return new Sampled(newest.rows(), newest.rows() * all / covered);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
