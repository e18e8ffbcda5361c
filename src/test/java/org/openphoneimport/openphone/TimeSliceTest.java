package org.openphoneimport.openphone;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeSliceTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
    private static final TimeSlice JANUARY = new TimeSlice(FROM, TO);

    @Test
    void bounds_are_asked_for_a_millisecond_outwards_since_they_may_be_exclusive() {
        assertThat(JANUARY.lowerBound()).isEqualTo(FROM.minusMillis(1));
        assertThat(JANUARY.upperBound()).isEqualTo(TO.plusMillis(1));
    }

    @Test
    void rows_up_to_what_was_asked_for_belong_to_it_and_so_may_those_without_a_time() {
        assertThat(JANUARY.holds(FROM.minusMillis(1))).isTrue();
        assertThat(JANUARY.holds(TO.plusMillis(1))).isTrue();
        assertThat(JANUARY.holds(null)).isTrue();
        assertThat(JANUARY.holds(FROM.minusMillis(2))).isFalse();
        assertThat(JANUARY.holds(TO.plusMillis(2))).isFalse();
    }

    @Test
    void an_open_end_holds_everything_and_is_sent_as_a_date_beyond_all_others() {
        assertThat(new TimeSlice(null, TO).holds(Instant.MIN)).isTrue();
        assertThat(new TimeSlice(FROM, null).holds(Instant.MAX)).isTrue();
        assertThat(new TimeSlice(null, null).lowerBound()).isEqualTo("1900-01-01T00:00:00Z");
        assertThat(new TimeSlice(null, null).upperBound()).isEqualTo("2100-01-01T00:00:00Z");
    }

    @Test
    void a_part_of_it_keeps_its_other_end() {
        var middle = Instant.parse("2026-01-15T00:00:00Z");

        assertThat(JANUARY.until(middle)).isEqualTo(new TimeSlice(FROM, middle));
        assertThat(JANUARY.since(middle)).isEqualTo(new TimeSlice(middle, TO));
        assertThat(new TimeSlice(null, TO).until(middle)).hasToString("../2026-01-15T00:00:00Z");
    }
}
