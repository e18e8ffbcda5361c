package org.openphoneimport.reading;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Advance;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.TimeSlice;

/**
 * Where the reading of a slice stands. Pages follow each other by cursor while one worker reads, by time when another goes on.
 */
public final class SliceReading {

    private final TimeSlice slice;
    private final SlicePlace start;
    private volatile SlicePlace place;
    private TimeSlice rest;
    private @Nullable String token;
    private Advance advance = new Advance();
    /** Whether rows have come newest first so far; where they don't, time does not tell the place. */
    private boolean ordered = true;
    private @Nullable SlicePlace refusedAt;

    public SliceReading(TimeSlice slice, SlicePlace start) {
        this.slice = slice;
        this.start = start;
        this.place = start;
        this.rest = fromPlace();
    }

    /** Up to which everything is stored. */
    SlicePlace place() {
        return place;
    }

    /** What is asked for; the cursor belongs to it: OpenPhone refuses one that comes with another question. */
    TimeSlice rest() {
        return rest;
    }

    /** The cursor of the next page; null on the first. */
    @Nullable
    String token() {
        return token;
    }

    /** Whether nothing has been stored. */
    public boolean isIdle() {
        return place.equals(start);
    }

    /** See {@link Advance#check}. */
    <T> Page<T> check(Page<T> page) {
        return advance.check(page);
    }

    /** The place behind a page. */
    SlicePlace after(Page<?> page, List<@Nullable Instant> times) {
        if (page.nextToken() == null) {
            return place.nextStage();
        }
        var last = place.at();
        for (var time : times) {
            ordered &= time != null && (last == null || !time.isAfter(last));
            last = time;
        }
        // What is newer than the place may still come: another worker has to begin anew.
        return ordered && last != null ? place.downTo(last) : place.beginning();
    }

    /** Whether rows have come newest first so far. */
    boolean isOrdered() {
        return ordered;
    }

    /** A page has been stored. */
    void move(SliceStep step) {
        if (step.to().stage() != place.stage()) {
            advance = new Advance();
            ordered = true;
            rest = slice;
        }
        place = step.to();
        token = step.nextToken();
    }

    /** Cursors do not live for ever: begins again at the place, if it has moved since the last time. */
    boolean beginAgain() {
        if (token == null || place.equals(refusedAt)) {
            return false;
        }
        refusedAt = place;
        token = null;
        rest = fromPlace();
        advance = new Advance();
        return true;
    }

    private TimeSlice fromPlace() {
        var at = place.at();
        return at == null ? slice : slice.until(at);
    }
}
