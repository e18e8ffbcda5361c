package org.openphoneimport.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.openphoneimport.pace.Sample;

import static org.assertj.core.api.Assertions.assertThat;

class ChartTest {

    private static final Instant END = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void a_run_within_its_limit_stays_under_the_line() {
        var chart = Objects.requireNonNull(Chart.of(minutes(30, 480), END, 9));

        assertThat(chart.limit()).isEqualTo("9.0");
        assertThat(Double.parseDouble(Objects.requireNonNull(chart.limitY())))
                .isLessThan(Double.parseDouble(chart.lines().getFirst().replaceAll(".*,", "")));
        assertThat(chart.summary()).isEqualTo("Between 8.0 and 8.0 requests a second in the last half hour");
        assertThat(chart.ticks()).extracting(Chart.Tick::label).containsExactly("2", "4", "6", "8");
    }

    @Test
    void time_that_nobody_knows_about_is_left_open() {
        var samples = new ArrayList<>(minutes(30, 480));
        samples.subList(10, 20).clear();

        assertThat(Objects.requireNonNull(Chart.of(samples, END, 0)).lines()).hasSize(2);
    }

    @Test
    void one_sample_is_nothing_to_draw() {
        assertThat(Chart.of(minutes(0, 480), END, 9)).isNull();
    }

    @Test
    void ticks_are_few_and_round_whatever_the_rate() {
        for (int perMinute : new int[] { 6, 60, 600, 6_000, 60_000 }) {
            var ticks = Objects.requireNonNull(Chart.of(minutes(30, perMinute), END, 0)).ticks();
            assertThat(ticks.size()).as("%d a minute", perMinute).isBetween(1, 5);
        }
    }

    private static List<Sample> minutes(int count, int perMinute) {
        var samples = new ArrayList<Sample>();
        for (int minute = count; minute >= 0; minute--) {
            samples.add(new Sample(END.minusSeconds(60L * minute), (long) (count - minute) * perMinute, 0, 0));
        }
        return samples;
    }
}
