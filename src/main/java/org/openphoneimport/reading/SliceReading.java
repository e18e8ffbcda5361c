package org.openphoneimport.reading;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.openphone.TimeSlice;

/**
 * Where the reading of a slice stands. Pages follow each other by cursor while one worker reads, by time when another goes on.
 */
final class SliceReading {

    private final TimeSlice slice;
    private SlicePlace place;
    private TimeSlice rest;
    private @Nullable String token;
    private Paging paging = new Paging();
    /** Whether rows have come newest first so far; where they don't, time does not tell the place. */
    private boolean ordered = true;

    SliceReading(TimeSlice slice, SlicePlace start) {
        this.slice = slice;
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

    /** See {@link Paging#check}. */
    <T> Page<T> check(Page<T> page) {
        return paging.check(page);
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
        var to = Objects.requireNonNull(step.to(), "A slice that is given up is read no further");
        if (to.stage() != place.stage()) {
            paging = new Paging();
            ordered = true;
            rest = slice;
        }
        place = to;
        token = step.nextToken();
    }

    /** See {@link Paging#beginsAgain}: at the place, if it has moved since the last time. */
    boolean beginAgain(OpenPhoneException.Rejected refused) {
        if (!paging.beginsAgain(refused, token, place)) {
            return false;
        }
        token = null;
        rest = fromPlace();
        return true;
    }

    private TimeSlice fromPlace() {
        var at = place.at();
        return at == null ? slice : slice.until(at);
    }
}
