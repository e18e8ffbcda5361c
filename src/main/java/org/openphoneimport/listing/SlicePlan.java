package org.openphoneimport.listing;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Where time is cut: at calendar months, several together while little happened in them, finer where much did. */
final class SlicePlan {

    // So that a workspace of a few long conversations is still read by several workers.
    private static final int MOST_MONTHS = 6;

    // One odd time, such as year 1, makes ages of which nothing is known.
    private static final int MOST_PERIODS = 200;

    private SlicePlan() {
    }

    /**
     * Returns the edges between slices, oldest first.
     *
     * @param months what happened, as often as the listing shows; a month that is not there had nothing
     * @param most how often, at most, in a slice
     */
    static List<Instant> edges(SortedMap<YearMonth, Integer> months, int most) {
        var edges = new ArrayList<Instant>();
        if (months.isEmpty()) {
            return edges;
        }
        long longest = Math.max(MOST_MONTHS, months.firstKey().until(months.lastKey(), ChronoUnit.MONTHS) / MOST_PERIODS);
        int gathered = 0;
        int together = 0;
        for (var month = months.firstKey(); !month.isAfter(months.lastKey()); month = month.plusMonths(1)) {
            int times = months.getOrDefault(month, 0);
            if (together > 0 && (gathered + times > most || together == longest)) {
                edges.add(start(month));
                gathered = 0;
                together = 0;
            }
            if (times > most) {
                edges.addAll(within(month, (times + most - 1) / most));
            }
            gathered += times;
            together++;
        }
        return List.copyOf(edges);
    }

    private static List<Instant> within(YearMonth month, int parts) {
        long start = start(month).toEpochMilli();
        long length = start(month.plusMonths(1)).toEpochMilli() - start;
        var edges = new ArrayList<Instant>();
        for (int i = 1; i < parts; i++) {
            edges.add(Instant.ofEpochMilli(start + length * i / parts));
        }
        return edges;
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
