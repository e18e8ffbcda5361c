package org.openphoneimport.pace;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EstimatesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void what_is_known_is_no_estimate() {
        assertThat(Estimates.expected(7, 3, 0.5, 900)).isEqualTo(7);
    }

    @Test
    void a_share_of_the_conversations_holds_a_share_of_the_rows() {
        assertThat(Estimates.expected(null, 300, 0.25, 900)).isEqualTo(1_200);
    }

    @Test
    void of_less_than_a_twentieth_nothing_follows() {
        assertThat(Estimates.expected(null, 300, 0.049, null)).isNull();
        assertThat(Estimates.expected(null, 300, 0.05, null)).isEqualTo(6_000);
    }

    @Test
    void the_run_before_tells_until_then_but_never_less_than_there_is_already() {
        assertThat(Estimates.expected(null, 300, 0.01, 900)).isEqualTo(900);
        assertThat(Estimates.expected(null, 950, 0.01, 900)).isEqualTo(950);
    }

    @Test
    void the_remaining_time_goes_by_the_requests_of_the_time_before() {
        assertThat(Estimates.remaining(300, 100, MINUTE)).contains(Duration.ofMinutes(3));
        assertThat(Estimates.remaining(0, 100, MINUTE)).contains(Duration.ZERO);
    }

    @Test
    void a_few_requests_tell_no_pace() {
        assertThat(Estimates.remaining(300, 19, MINUTE)).isEmpty();
        assertThat(Estimates.remaining(300, 20, MINUTE)).isPresent();
    }

    @Test
    void a_few_seconds_tell_no_pace() {
        assertThat(Estimates.remaining(300, 100, Duration.ofSeconds(29))).isEmpty();
        assertThat(Estimates.remaining(300, 100, Duration.ofSeconds(30))).isPresent();
    }
}
