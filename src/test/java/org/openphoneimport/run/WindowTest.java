package org.openphoneimport.run;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void without_a_start_that_was_asked_for_nothing_old_is_left_out() {
        assertThat(new Window(Window.BEGINNING, false, null).createdAfter()).isNull();
    }

    @Test
    void an_open_end_leaves_out_nothing_new() {
        assertThat(new Window(FROM, true, null).createdBefore()).isNull();
    }

    @Test
    void bounds_are_asked_for_a_millisecond_further_out() {
        var window = new Window(FROM, true, TO);

        assertThat(window.createdAfter()).isEqualTo("2025-12-31T23:59:59.999Z");
        assertThat(window.createdBefore()).isEqualTo("2026-02-01T00:00:00.001Z");
    }
}
