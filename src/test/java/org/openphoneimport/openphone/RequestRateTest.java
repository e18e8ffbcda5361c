package org.openphoneimport.openphone;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** How far a process goes up to what OpenPhone grants. */
class RequestRateTest {

    private static final String TEN = "\"per-second\"; q=10; w=1";

    private final RequestRate requestRate = new RequestRate(ApiKeys.config(Map.of()));

    @Test
    void it_begins_at_nine_and_stays_there_where_openphone_says_nothing() {
        answers(500, null);

        assertThat(requestRate.rate()).isEqualTo(9.0);
        assertThat(requestRate.tolerance()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void it_goes_up_step_by_step_to_just_below_what_openphone_says_it_grants() {
        answers(10, TEN);
        assertThat(requestRate.rate()).isEqualTo(9.2, within(0.001));

        answers(500, TEN);
        assertThat(requestRate.rate()).isEqualTo(9.8, within(0.001));
    }

    @Test
    void eleven_requests_take_more_than_a_second_at_any_height_even_when_the_first_is_late() {
        for (int i = 0; i < 100; i++) {
            answers(1, TEN);
            var eleven = Duration.ofNanos(Math.round(10e9 / requestRate.rate()));
            assertThat(eleven.minus(requestRate.tolerance())).isGreaterThan(Duration.ofMillis(1_007));
        }
    }

    @Test
    void it_goes_by_the_window_that_openphone_names() {
        answers(500, "\"per-minute\"; q=573; w=60");

        assertThat(requestRate.rate()).isEqualTo(0.98 * 9.55, within(0.001));
    }

    @Test
    void it_never_falls_below_what_is_configured_because_of_what_openphone_says() {
        answers(500, "\"per-second\"; q=5; w=1");
        answers(500, "something else");
        answers(500, "q=10; w=0");

        assertThat(requestRate.rate()).isEqualTo(9.0);
    }

    @Test
    void a_429_takes_it_back_and_its_height_is_left_alone_for_long() {
        answers(500, TEN);
        requestRate.refused();
        requestRate.refused();
        assertThat(requestRate.rate()).isEqualTo(9.0);

        answers(1000, TEN);
        assertThat(requestRate.rate()).isEqualTo(9.6, within(0.001));

        answers(300, TEN);
        assertThat(requestRate.rate()).isEqualTo(9.8, within(0.001));
    }

    @Test
    void any_other_rate_is_what_an_operator_wants() {
        for (var rate : new String[] { "0", "5.0", "20.0" }) {
            var fixed = new RequestRate(ApiKeys.config(Map.of("openphone.rate", rate)));
            for (int i = 0; i < 500; i++) {
                fixed.answered(TEN);
            }
            fixed.refused();
            assertThat(fixed.rate()).isEqualTo(Double.parseDouble(rate));
            assertThat(fixed.tolerance()).isEqualTo(Duration.ofMillis(40));
        }
    }

    private void answers(int count, @Nullable String policy) {
        for (int i = 0; i < count; i++) {
            requestRate.answered(policy);
        }
    }
}
