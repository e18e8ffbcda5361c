package org.openphoneimport.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How long may pass between two runs is told by the schedule. */
class LocalPeriodTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 30 3 * * ?       | PT24H
            0 0 */6 * * ?      | PT6H
            0 0 3 ? * MON-FRI  | PT72H
            0 0 3 ? * SUN      | PT168H
            0 0 8,20 * * ?     | PT12H
            """)
    void the_longest_time_from_one_start_to_the_next_is_its_period(String cron, Duration period) {
        assertThat(new LocalPeriod(cron, CLOCK).period()).contains(period);
    }

    @Test
    void where_nothing_starts_automatically_nothing_is_overdue() {
        assertThat(new LocalPeriod("off", CLOCK).period()).isEmpty();
    }

    @Test
    void a_wrong_schedule_is_told_with_its_setting() {
        assertThatThrownBy(() -> Machine.start(Environment.of(Map.of("LOCAL_RECONCILE_CRON", "every night"))))
                .hasMessageStartingWith("LOCAL_RECONCILE_CRON must be off or a cron expression of Quartz such as "
                        + "\"0 30 3 * * ?\", not \"every night\": ");
    }
}
