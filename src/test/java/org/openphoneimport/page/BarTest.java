package org.openphoneimport.page;

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
}
