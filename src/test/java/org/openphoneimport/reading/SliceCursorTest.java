package org.openphoneimport.reading;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.TimeSlice;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the reading of a slice goes on: by cursor, and by time for the worker that comes after. */
class SliceCursorTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-01-20T00:00:00Z");
    private static final Instant EARLY = Instant.parse("2026-01-10T00:00:00Z");
    private static final TimeSlice SLICE = new TimeSlice(FROM, TO);

    private static final OpenSlice OPEN = new OpenSlice(new UUID(0, 1), SLICE, SliceCheckpoint.START, false);
    private final OpenPhoneException.Rejected refused = new OpenPhoneException.Rejected("GET /messages", 400,
            "OpenPhone answered 400");

    private final SliceCursor reading = new SliceCursor(SLICE, SliceCheckpoint.START);

    @Test
    void the_place_is_the_time_of_the_last_row_of_a_page_and_the_next_page_comes_by_its_cursor() {
        read("second", LATE, EARLY);

        assertThat(reading.checkpoint()).isEqualTo(new SliceCheckpoint(SliceCheckpoint.Stage.MESSAGES, EARLY));
        assertThat(reading.token()).isEqualTo("second");
        assertThat(reading.rest()).as("what the cursor belongs to").isEqualTo(SLICE);
    }

    @Test
    void a_worker_that_goes_on_asks_for_what_is_as_old_as_the_place_or_older() {
        var later = new SliceCursor(SLICE, new SliceCheckpoint(SliceCheckpoint.Stage.CALLS, EARLY));

        assertThat(later.rest()).isEqualTo(new TimeSlice(FROM, EARLY));
        assertThat(later.token()).isNull();
    }

    @Test
    void rows_that_do_not_come_newest_first_tell_no_place_from_there_on() {
        read("second", LATE, EARLY);
        assertThat(reading.isOrdered()).isTrue();
        read("third", LATE);
        assertThat(reading.checkpoint()).as("what is between may not have come").isEqualTo(SliceCheckpoint.START);
        assertThat(reading.isOrdered()).isFalse();

        read("fourth", FROM);
        assertThat(reading.checkpoint()).isEqualTo(SliceCheckpoint.START);
        assertThat(reading.token()).isEqualTo("fourth");
    }

    @Test
    void a_row_without_a_time_tells_no_place() {
        read("second", LATE, null, EARLY);

        assertThat(reading.checkpoint()).isEqualTo(SliceCheckpoint.START);
    }

    @Test
    void the_last_page_of_messages_is_followed_by_all_calls_of_the_slice() {
        // Not newest first, which says nothing of calls.
        read("second", EARLY);
        read("third", LATE);
        read(null, FROM);

        assertThat(reading.checkpoint()).isEqualTo(new SliceCheckpoint(SliceCheckpoint.Stage.CALLS, null));
        assertThat(reading.rest()).isEqualTo(SLICE);
        assertThat(reading.token()).isNull();
        read("second", LATE);
        assertThat(reading.checkpoint()).as("calls are newest first").isEqualTo(
                new SliceCheckpoint(SliceCheckpoint.Stage.CALLS, LATE));
        read(null, EARLY);
        assertThat(reading.checkpoint().stage()).isEqualTo(SliceCheckpoint.Stage.DONE);
    }

    @Test
    void a_slices_calls_are_all_asked_for_even_if_its_messages_were_begun_again() {
        read("second", LATE, EARLY);
        reading.beginAgain(refused);
        read(null, FROM);

        assertThat(reading.checkpoint().stage()).isEqualTo(SliceCheckpoint.Stage.CALLS);
        assertThat(reading.rest()).isEqualTo(SLICE);
    }

    @Test
    void a_cursor_that_is_refused_makes_reading_begin_again_at_the_place() {
        read("second", LATE, EARLY);

        assertThat(reading.beginAgain(refused)).isTrue();
        assertThat(reading.token()).isNull();
        assertThat(reading.rest()).isEqualTo(new TimeSlice(FROM, EARLY));
        assertThat(reading.beginAgain(refused)).as("without a cursor it is not the cursor that is refused").isFalse();

        for (int again = 2; again <= 3; again++) {
            read("next", EARLY);
            assertThat(reading.beginAgain(refused)).as("%d times", again).isTrue();
        }
        read("next", EARLY);
        assertThat(reading.beginAgain(refused)).as("it has not come any further").isFalse();
        read("last", FROM);
        assertThat(reading.beginAgain(refused)).isTrue();
    }

    private void read(@Nullable String next, @Nullable Instant... times) {
        var from = reading.checkpoint();
        var to = reading.after(new Page<>(List.of(), next, 0, "GET /messages", null), Arrays.asList(times));
        reading.move(new SliceChunk(OPEN, from, to, next, List.of(), List.of(), List.of(), List.of(), List.of()));
    }
}
