package org.openphoneimport.openphone;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    @Test
    void seconds_are_taken_as_they_are() {
        assertThat(wait("7", null)).isEqualTo(Duration.ofSeconds(7));
        assertThat(wait("0", null)).isEqualTo(Duration.ZERO);
        assertThat(wait("86400", null)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void a_date_is_the_time_until_then() {
        assertThat(wait("Mon, 02 Nov 2026 10:00:30 GMT", null)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_date_that_is_over_is_a_second() {
        assertThat(wait("Mon, 02 Nov 2026 09:00:00 GMT", null)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void without_retry_after_the_reset_of_the_rate_limit_counts() {
        assertThat(wait(null, "\"per-second\"; r=0; t=3")).isEqualTo(Duration.ofSeconds(3));
        assertThat(wait("soon", "\"per-second\"; r=0; t=3")).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_reset_of_zero_is_a_second() {
        assertThat(wait(null, "\"per-second\"; r=0; t=0")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_cannot_be_read_is_no_time() {
        assertThat(wait(null, null)).isNull();
        assertThat(wait("", "")).isNull();
        assertThat(wait("-5", "\"per-second\"; r=0")).isNull();
        assertThat(wait("99999999999999999999", null)).isNull();
    }

    private static @Nullable Duration wait(@Nullable String retryAfter, @Nullable String rateLimit) {
        return RetryAfter.of(retryAfter, rateLimit, NOW);
    }
}
