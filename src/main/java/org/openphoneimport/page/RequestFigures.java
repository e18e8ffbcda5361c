package org.openphoneimport.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.openphone.Rate;
import org.openphoneimport.pace.Sample;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.status.RunView;

/**
 * How a run uses what OpenPhone grants.
 *
 * @param rate requests a second in the last minute; null when that is not known
 * @param budget requests a second at most; null without a limit
 * @param refused 429s
 * @param waited time that requests waited for their slots
 * @param since what is counted, where it is not this run alone; empty otherwise
 */
public record RequestFigures(@Nullable String rate, @Nullable String budget, String refused, String waited, String since) {

    private static final Duration SHORTEST = Duration.ofSeconds(15);

    /** Requests a second that may be sent; 0 without a limit. */
    static double allowed(RunView view, Rate rate) {
        var quota = view.requests() == null ? null : view.requests().quota();
        return rate.automatic() && quota != null ? quota : rate.perSecond();
    }

    static @Nullable RequestFigures of(RunView view, List<Sample> samples, double budget) {
        var now = view.requests();
        if (now == null) {
            return null;
        }
        var current = new Sample(view.now(), now.granted(), now.refused(), now.waited().toMillis());
        // The limiter's row counts on for the next runs with the same key.
        var last = view.status().isActive() || samples.isEmpty() ? current : samples.getLast();
        var first = samples.isEmpty() ? new Sample(Instant.EPOCH, 0, 0, 0) : samples.getFirst();
        return new RequestFigures(view.status().isActive() && view.status() != RunStatus.PAUSED ? rate(samples, current) : null,
                budget == 0 ? null : Format.rate(budget),
                Format.exact(Math.max(0, last.refused() - first.refused())),
                Format.clock(Duration.ofMillis(Math.max(0, last.waitedMillis() - first.waitedMillis()))),
                samples.isEmpty() ? "with this key" : "");
    }

    /** Since the last sample that is old enough to compare with. */
    private static @Nullable String rate(List<Sample> samples, Sample current) {
        for (var sample : samples.reversed()) {
            var time = Duration.between(sample.at(), current.at());
            if (time.compareTo(SHORTEST) >= 0) {
                return time.compareTo(Duration.ofMinutes(3)) > 0 ? null
                        : Format.rate(1000.0 * (current.granted() - sample.granted()) / time.toMillis());
            }
        }
        return null;
    }
}
