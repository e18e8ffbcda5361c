package org.openphoneimport.listing;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlicePlanTest {

    @Test
    void a_workspace_without_conversations_is_one_slice() {
        assertThat(SlicePlan.edges(new TreeMap<>(), 100)).isEmpty();
    }

    @Test
    void months_in_which_little_happened_are_read_together_but_never_more_than_six() {
        assertThat(SlicePlan.edges(months(Map.of("2025-01", 1, "2025-12", 1)), 100))
                .containsExactly(Instant.parse("2025-07-01T00:00:00Z"));
    }

    @Test
    void one_odd_time_makes_no_thousands_of_slices() {
        assertThat(SlicePlan.edges(months(Map.of("0001-01", 1, "2025-04", 250, "2025-05", 1)), 100)).hasSizeBetween(100, 210)
                .contains(Instant.parse("2025-04-11T00:00:00Z"));
    }

    @Test
    void a_slice_ends_before_the_month_that_would_make_it_too_much() {
        assertThat(SlicePlan.edges(months(Map.of("2025-01", 40, "2025-02", 60, "2025-03", 1)), 100))
                .containsExactly(Instant.parse("2025-03-01T00:00:00Z"));
    }

    @Test
    void a_heavy_month_is_cut_into_equal_parts() {
        assertThat(SlicePlan.edges(months(Map.of("2025-03", 1, "2025-04", 250, "2025-05", 1)), 100)).containsExactly(
                Instant.parse("2025-04-01T00:00:00Z"), Instant.parse("2025-04-11T00:00:00Z"),
                Instant.parse("2025-04-21T00:00:00Z"), Instant.parse("2025-05-01T00:00:00Z"));
    }

    private static SortedMap<YearMonth, Integer> months(Map<String, Integer> times) {
        var months = new TreeMap<YearMonth, Integer>();
        times.forEach((month, count) -> months.put(YearMonth.parse(month), count));
        return months;
    }
}
