package org.openphoneimport.openphone;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of OpenPhone where nobody has set anything. */
class OpenPhoneConfigTest {

    private static final int GRANTED_A_SECOND = 10;

    private final OpenPhoneConfig config = ApiKeys.config(Map.of());

    @Test
    void the_rate_leaves_a_tenth_of_what_openphone_grants_and_both_apis_are_used() {
        assertThat(config.rate()).isEqualTo(9.0);
        assertThat(config.api()).isEqualTo(OpenPhoneConfig.Api.AUTO);
    }

    /** The first of them as late as a slot may be used, the last in time; what is left is for the way to OpenPhone. */
    @Test
    void one_request_more_than_is_granted_takes_more_than_a_second() {
        var slots = Duration.ofNanos(Math.round(GRANTED_A_SECOND * 1e9 / config.rate()));

        assertThat(slots.minus(config.slotTolerance())).isGreaterThan(Duration.ofMillis(1_070));
    }

    @Test
    void nobody_waits_for_a_429_longer_than_a_quarter_of_an_hour_or_sleeps_through_more_than_20_seconds() {
        assertThat(config.longestBlock()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.slotAhead()).isEqualTo(Duration.ofMillis(250));
    }
}
