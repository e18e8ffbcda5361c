package org.openphoneimport.prospect;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.Preview.Newest;

import static org.assertj.core.api.Assertions.assertThat;

/** How many rows a slice of time is taken to hold, and a stretch of two slices. */
class SampledTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(10));

    @Test
    void a_slice_whose_page_is_its_last_has_been_counted() {
        assertThat(Sampled.of(new Newest(7, FROM.plusSeconds(9), false), FROM, TO)).isEqualTo(new Sampled(7, 7));
        assertThat(Sampled.of(new Newest(0, null, false), FROM, TO)).isEqualTo(new Sampled(0, 0));
    }

    @Test
    void a_slice_with_more_is_as_dense_in_all_its_time_as_in_that_of_its_page() {
        assertThat(Sampled.of(new Newest(50, TO.minus(Duration.ofDays(2)), true), FROM, TO)).isEqualTo(new Sampled(50, 250));
    }

    @Test
    void rows_of_one_moment_are_taken_for_those_of_a_second_and_rows_without_a_time_for_themselves() {
        assertThat(Sampled.of(new Newest(50, TO, true), TO.minusSeconds(10), TO)).isEqualTo(new Sampled(50, 500));
        assertThat(Sampled.of(new Newest(50, null, true), FROM, TO)).isEqualTo(new Sampled(50, 50));
    }

    @Test
    void a_page_that_reaches_back_beyond_its_slice_holds_no_fewer_than_it_has() {
        assertThat(Sampled.of(new Newest(50, FROM.minusSeconds(1), true), FROM, TO)).isEqualTo(new Sampled(50, 50));
    }

    @Test
    void two_halves_that_agree_leave_no_doubt_and_a_burst_in_one_leaves_much() {
        assertThat(Range.of(new Sampled(50, 400), new Sampled(50, 400))).isEqualTo(new Range(800, 800));
        assertThat(Range.of(new Sampled(50, 100_000), new Sampled(50, 400))).isEqualTo(new Range(1_594, 100_400));
        assertThat(Range.of(new Sampled(3, 3), new Sampled(0, 0))).isEqualTo(new Range(3, 3));
        assertThat(Range.of(new Sampled(0, 0), new Sampled(0, 0))).isEqualTo(new Range(0, 0));
    }

    @Test
    void requests_are_those_of_lists_parts_and_witness() {
        var size = new Size(new Range(5_000, 7_000), new Range(20_000, 25_000), new Range(900, 1_000), 3, 25);

        assertThat(size.requests(false)).isEqualTo(new Range(518 + 1_800 + 9, 660 + 2_000 + 9));
        assertThat(size.requests(true)).isEqualTo(new Range(518 + 1_800 + 9 + 50 + 200, 660 + 2_000 + 9 + 70 + 200));
    }
}
