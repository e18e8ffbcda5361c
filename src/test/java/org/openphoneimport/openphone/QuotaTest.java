package org.openphoneimport.openphone;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What OpenPhone says of its rate limit, as it was seen to and as the drafts of that header allow. */
class QuotaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "\"per-second\"; q=10; w=1 | 10", "\"per-second\";q=5;w=2 | 2.5", "q=20;w=1 | 20",
            "\"per-day\";q=100000;w=86400, \"per-second\";q=10;w=1 | 10" })
    void the_policy_of_the_shortest_time_is_the_pace(String policy, double rate) {
        assertThat(Quota.of(policy)).contains(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "unlimited", "10", "\"per-second\"; q=10", "\"per-second\"; q=10; w=0", "q=0;w=1",
            "q=1;w=3600",
            "q=999999;w=1", "q=99999999999999999999;w=1" })
    void what_cannot_be_or_is_not_understood_says_nothing(@Nullable String policy) {
        assertThat(Quota.of(policy)).isEmpty();
    }

    @Test
    void an_answer_that_says_nothing_changes_nothing() {
        var quota = new Quota();
        assertThat(quota.perSecond()).isNull();

        quota.read("\"per-second\"; q=10; w=1");
        quota.read(null);
        quota.read("soon");

        assertThat(quota.perSecond()).isEqualTo(10.0);
    }
}
