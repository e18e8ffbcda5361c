package org.openphoneimport.frame;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BarTest {

    @Test
    void without_a_total_a_bar_is_striped_and_shows_no_percentage() {
        var bar = new Bar("Messages", 12_043, null, 19_000L, "of about 19,000", false);

        assertThat(bar.open()).isTrue();
        assertThat(bar.percent()).isNull();
        assertThat(bar.count()).isEqualTo("12,043 of about 19,000");
        assertThat(bar.width()).isEqualTo(63);
    }

    @Test
    void a_guess_never_looks_full() {
        assertThat(new Bar("Messages", 30_000, null, 19_000L, "of about 19,000", false).width()).isEqualTo(95);
    }

    @Test
    void a_hundred_percent_are_all_of_them() {
        assertThat(new Bar("Calls", 999_999, 1_000_000L, null, "", false).percent()).isEqualTo(99);
        assertThat(new Bar("Calls", 1_000_000, 1_000_000L, null, "", false).percent()).isEqualTo(100);
        assertThat(new Bar("Calls", 0, 0L, null, "", false).count()).isEqualTo("none");
    }

    @Test
    void what_ended_without_a_total_is_neither_striped_nor_full() {
        var bar = new Bar("Media", 3, null, null, "of 8 found", true);

        assertThat(bar.open()).isFalse();
        assertThat(bar.width()).isZero();
        assertThat(bar.spoken()).isEqualTo("3 of 8 found");
    }

    @Test
    void what_was_tried_and_is_not_here_is_drawn_apart_and_counted_in_words() {
        var bar = new Bar("Conversations", 6_990, 7_000L, null, "", true, 10, "3 failed, 7 refused");

        assertThat(bar.count()).isEqualTo("6,990 of 7,000, 3 failed, 7 refused");
        assertThat(bar.percent()).isEqualTo(99);
        assertThat(bar.lostWidth()).as("one of a hundred parts is the least that can be seen").isEqualTo(1);
        assertThat(bar.lostFrom()).isEqualTo(99);
        assertThat(new Bar("Conversations", 0, 2L, null, "", true, 2, "2 failed").lostWidth()).isEqualTo(100);
        assertThat(new Bar("Conversations", 2, 2L, null, "", true).lostWidth()).isZero();
    }

    @Test
    void of_nothing_there_is_no_bar() {
        assertThat(new Bar("Calls", 0, 0L, null, "", false).none()).isTrue();
        assertThat(new Bar("Calls", 0, null, null, "", false).none()).isFalse();
    }
}
