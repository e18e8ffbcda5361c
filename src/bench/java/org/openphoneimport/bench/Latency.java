package org.openphoneimport.bench;

import java.util.List;

/**
 * How long answers took, in ms.
 *
 * @param what was asked for, and beside what
 * @param answers how many there were
 * @param p50 half of them took no longer
 * @param p99 99 of 100 took no longer
 * @param longest what the slowest took
 * @param failed how many were no 200
 */
record Latency(String what, int answers, double p50, double p99, double longest, long failed) {

    /** @param millis of each answer; negative for one that was no 200 */
    static Latency of(String what, List<Double> millis) {
        var sorted = millis.stream().map(Math::abs).sorted().toList();
        return new Latency(what, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), sorted.getLast(),
                millis.stream().filter(time -> time < 0).count());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
