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
final class SliceCursor {

    private final TimeSlice slice;
    private SliceCheckpoint checkpoint;
    private TimeSlice rest;
    private @Nullable String token;
    private Paging paging = new Paging();
    /** Whether rows have come newest first so far; where they don't, time does not tell the checkpoint. */
    private boolean ordered = true;

    SliceCursor(TimeSlice slice, SliceCheckpoint start) {
        this.slice = slice;
        this.checkpoint = start;
        this.rest = fromPlace();
    }

    /** Up to which everything is stored. */
    SliceCheckpoint checkpoint() {
        return checkpoint;
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

    /** The checkpoint behind a page. */
    SliceCheckpoint after(Page<?> page, List<@Nullable Instant> times) {
        if (page.nextToken() == null) {
            return checkpoint.nextStage();
        }
        var last = checkpoint.at();
        for (var time : times) {
            ordered &= time != null && (last == null || !time.isAfter(last));
            last = time;
        }
        // What is newer than the checkpoint may still come: another worker has to begin anew.
        return ordered && last != null ? checkpoint.downTo(last) : checkpoint.beginning();
    }

    /** Whether rows have come newest first so far. */
    boolean isOrdered() {
        return ordered;
    }

    /** A page has been stored. */
    void move(SliceChunk chunk) {
        var to = Objects.requireNonNull(chunk.to(), "A slice that is given up is read no further");
        if (to.stage() != checkpoint.stage()) {
            paging = new Paging();
            ordered = true;
            rest = slice;
        }
        checkpoint = to;
        token = chunk.nextToken();
    }

    /** See {@link Paging#beginsAgain}: at the checkpoint, if it has moved since the last time. */
    boolean beginAgain(OpenPhoneException.Rejected refused) {
        if (!paging.beginsAgain(refused, token, checkpoint)) {
            return false;
        }
        token = null;
        rest = fromPlace();
        return true;
    }

    private TimeSlice fromPlace() {
        var at = checkpoint.at();
        return at == null ? slice : slice.until(at);
    }
}
