package org.openphoneimport.openphone;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is asked of OpenPhone where nobody has set anything. */
class OpenPhoneConfigTest {

    private final OpenPhoneConfig config = ApiKeys.config(Map.of());

    @Test
    void both_apis_are_used_and_the_rate_leaves_a_tenth_of_what_is_documented_until_openphone_says_what_it_grants() {
        assertThat(config.api()).isEqualTo(OpenPhoneConfig.Api.AUTO);
        assertThat(config.rate()).isEqualTo(new Rate(9.0, true));
        assertThat(config.rate().careful(null)).isEqualTo(9.0);
        assertThat(config.rate().careful(5.0)).isEqualTo(4.5);
        assertThat(config.rate().careful(100.0)).as("which OpenPhone may only say that it grants").isEqualTo(9.0);
    }

    /** A token rests for a second, and is granted again this long before: what its request was late is known by then. */
    @Test
    void the_latest_use_of_a_slot_leaves_half_a_second_for_its_answer() {
        assertThat(Duration.ofSeconds(1).minus(config.slotAhead()).minus(config.slotTolerance()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_number_is_the_rate_whatever_openphone_grants() {
        var rate = ApiKeys.config(Map.of("openphone.rate", "2.5")).rate();

        assertThat(rate).isEqualTo(new Rate(2.5, false));
        assertThat(rate.careful(10.0)).isEqualTo(2.5);
        assertThat(ApiKeys.config(Map.of("openphone.rate", "0")).rate().isLimited()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "fast", "-1", "NaN", "Infinity", "1e9" })
    void what_is_no_rate_is_refused_with_what_would_be(String text) {
        assertThatThrownBy(() -> new Rate.AsText().convert(text)).hasMessage(
                "OPENPHONE_RATE must be auto or a number of requests a second from 0 (no limit) to 1000, not " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "api.quo.com", "ftp://api.quo.com", "https://", "https://api quo.com" })
    void what_is_no_address_is_refused_with_what_would_be(String text) {
        assertThatThrownBy(() -> ApiKeys.config(Map.of("openphone.base-url", text))).hasMessageContaining(
                "OPENPHONE_BASE_URL must be an address that begins with https:// or http://, not " + text);
        assertThat(ApiKeys.config(Map.of("openphone.base-url", "HTTP://localhost:8181")).baseUrl())
                .isEqualTo(URI.create("HTTP://localhost:8181"));
    }

    @Test
    void nobody_waits_for_a_429_longer_than_a_quarter_of_an_hour_or_sleeps_through_more_than_20_seconds() {
        assertThat(config.longestBlock()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.slotAhead()).isEqualTo(Duration.ofMillis(250));
    }
}
