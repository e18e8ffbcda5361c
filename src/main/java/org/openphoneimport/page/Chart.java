package org.openphoneimport.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.pace.Sample;

/**
 * Requests a second over the last half hour, as a drawing of 300 by 100.
 *
 * @param ticks by which to read it
 * @param lines each {@code x,y x,y ...}; more than one where nothing was known in between
 * @param limitY where the line of the limit lies; null without a limit
 * @param limit in requests a second; null without one
 * @param summary what the drawing shows, in words
 */
public record Chart(List<Tick> ticks, List<String> lines, @Nullable String limitY, @Nullable String limit, String summary) {

    static final Duration TIME = Duration.ofMinutes(30);

    // Samples are a minute apart; with more than this between two of them something stood still.
    private static final Duration GAP = Duration.ofMinutes(3);

    private static final double WIDTH = 300;
    private static final double HEIGHT = 100;

    /** Null while there are not two samples to compare. */
    static @Nullable Chart of(List<Sample> samples, Instant end, double limit) {
        var points = points(samples, end.minus(TIME));
        if (points.isEmpty()) {
            return null;
        }
        double most = points.stream().mapToDouble(Point::rate).max().orElse(0);
        double least = points.stream().mapToDouble(Point::rate).min().orElse(0);
        double top = Math.max(1, Math.max(most, limit)) * 1.15;
        return new Chart(ticks(top), lines(points, end.minus(TIME), top), limit == 0 ? null : y(limit, top),
                limit == 0 ? null : Format.rate(limit),
                "Between %s and %s requests a second in the last half hour".formatted(Format.rate(least), Format.rate(most)));
    }

    private static List<Point> points(List<Sample> samples, Instant start) {
        var points = new ArrayList<Point>();
        for (int i = 1; i < samples.size(); i++) {
            var before = samples.get(i - 1);
            var after = samples.get(i);
            double seconds = Duration.between(before.at(), after.at()).toMillis() / 1000.0;
            if (seconds > 0 && !after.at().isBefore(start)) {
                // A counter that fell began anew: the limiter's table was emptied.
                points.add(new Point(before.at(), after.at(), Math.max(0, after.granted() - before.granted()) / seconds));
            }
        }
        return points;
    }

    private static List<String> lines(List<Point> points, Instant start, double top) {
        var lines = new ArrayList<StringBuilder>();
        for (var point : points) {
            boolean gap = Duration.between(point.from(), point.at()).compareTo(GAP) > 0;
            if (lines.isEmpty() || gap) {
                lines.add(new StringBuilder());
            }
            if (lines.getLast().isEmpty() && !gap) {
                lines.getLast().append(x(point.from(), start)).append(',').append(y(point.rate(), top));
            }
            lines.getLast().append(' ').append(x(point.at(), start)).append(',').append(y(point.rate(), top));
        }
        return lines.stream().map(line -> line.toString().strip()).toList();
    }

    /** At 1, 2, 5, 10, 20 ..., so that there are a few of them. */
    private static List<Tick> ticks(double top) {
        double step = 1;
        for (int i = 0; top / step > 5.5; i++) {
            step *= i % 3 == 1 ? 2.5 : 2;
        }
        var ticks = new ArrayList<Tick>();
        for (double rate = step; rate < top * 0.95; rate += step) {
            ticks.add(new Tick(y(rate, top), Format.exact(Math.round(rate))));
        }
        return ticks;
    }

    private static String x(Instant at, Instant start) {
        return number(Math.max(0, WIDTH * Duration.between(start, at).toMillis() / TIME.toMillis()));
    }

    private static String y(double rate, double top) {
        return number(HEIGHT - HEIGHT * rate / top);
    }

    private static String number(double number) {
        return String.format(Locale.US, "%.1f", number);
    }

    /**
     * A line to read the drawing by.
     *
     * @param y where it lies
     * @param label which rate it means
     */
    public record Tick(String y, String label) {
    }

    /** The rate between two samples. */
    private record Point(Instant from, Instant at, double rate) {
    }
}
