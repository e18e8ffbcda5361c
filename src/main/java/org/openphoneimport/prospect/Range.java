package org.openphoneimport.prospect;

/**
 * How many there are, by a sample. It may be fewer than the one and more than the other.
 *
 * @param low as far as the emptier halves of the time are believed
 * @param high as far as all are; the same where all were counted
 */
public record Range(long low, long high) {

    static final Range NONE = new Range(0, 0);

    /**
     * Of two halves of a stretch of time. Where they differ much it is a burst that a sample has met or missed: the harmonic
     * mean believes the emptier half more, the sum both.
     */
    static Range of(Sampled one, Sampled other) {
        double sum = one.estimate() + other.estimate();
        double harmonic = sum == 0 ? 0 : 4 * one.estimate() * other.estimate() / sum;
        return new Range(Math.max(one.seen() + other.seen(), Math.round(harmonic)), Math.round(sum));
    }

    Range plus(Range other) {
        return new Range(low + other.low, high + other.high);
    }

    Range plus(long number) {
        return new Range(low + number, high + number);
    }

    Range times(double factor) {
        return new Range(Math.round(low * factor), Math.round(high * factor));
    }
}
