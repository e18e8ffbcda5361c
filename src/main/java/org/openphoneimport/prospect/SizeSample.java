package org.openphoneimport.prospect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Preview;
import org.openphoneimport.openphone.Preview.CreatedList;
import org.openphoneimport.openphone.TimeSlice;

/**
 * Estimates how much a workspace holds. No list tells how long it is: a page tells how dense its rows lie where it was read,
 * and several pages, at different ages, about how many there are in all.
 */
@ApplicationScoped
class SizeSample {

    /** Of the workspace's time, each sampled twice. */
    private static final int PARTS = 4;

    private final Preview preview;
    private final Clock clock;

    SizeSample(Preview preview, Clock clock) {
        this.preview = preview;
        this.clock = clock;
    }

    /** Throws what {@link Preview} throws. */
    Size take(Caller caller, int numbers) {
        var now = clock.instant();
        return preview.beginning(caller)
                .map(beginning -> new Size(count(caller, CreatedList.CONVERSATIONS, beginning, now),
                        count(caller, CreatedList.MESSAGES, beginning, now), count(caller, CreatedList.CALLS, beginning, now),
                        numbers, 1 + CreatedList.values().length * 2 * PARTS))
                .orElseGet(() -> new Size(Range.NONE, Range.NONE, Range.NONE, numbers, 1));
    }

    private Range count(Caller caller, CreatedList list, Instant from, Instant to) {
        var half = Duration.between(from, to).dividedBy(2 * PARTS);
        return IntStream.range(0, PARTS).mapToObj(part -> {
            var start = from.plus(half.multipliedBy(2L * part));
            return Range.of(sampled(caller, list, start, start.plus(half)),
                    sampled(caller, list, start.plus(half), start.plus(half).plus(half)));
        }).reduce(Range.NONE, Range::plus);
    }

    private Sampled sampled(Caller caller, CreatedList list, Instant from, Instant to) {
        return Sampled.of(preview.newest(caller, list, new TimeSlice(from, to)), from, to);
    }
}
