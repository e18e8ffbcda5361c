package org.openphoneimport.run;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openphoneimport.run.RunStatus.CANCELLED;
import static org.openphoneimport.run.RunStatus.COMPLETED;
import static org.openphoneimport.run.RunStatus.FAILED;
import static org.openphoneimport.run.RunStatus.PAUSED;
import static org.openphoneimport.run.RunStatus.PENDING;
import static org.openphoneimport.run.RunStatus.RUNNING;
import static org.openphoneimport.run.RunStatus.VERIFYING;

class RunStatusTest {

    /** From where each state may be reached; whatever is not here is not allowed. */
    private static final Map<RunStatus, Set<RunStatus>> ALLOWED = Map.of(
            PENDING, Set.of(),
            RUNNING, Set.of(PENDING, PAUSED, VERIFYING, FAILED, COMPLETED),
            PAUSED, Set.of(RUNNING),
            VERIFYING, Set.of(RUNNING),
            COMPLETED, Set.of(VERIFYING),
            FAILED, Set.of(PENDING, RUNNING, VERIFYING),
            CANCELLED, Set.of(PENDING, RUNNING, PAUSED, VERIFYING));

    @ParameterizedTest
    @EnumSource
    void a_state_is_reached_from_the_allowed_ones_only(RunStatus status) {
        assertThat(status.predecessors()).isEqualTo(ALLOWED.get(status));
    }

    @ParameterizedTest
    @EnumSource(names = { "PENDING", "RUNNING", "PAUSED", "VERIFYING" })
    void a_run_that_is_not_over_keeps_others_from_starting(RunStatus status) {
        assertThat(status.isActive()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = { "COMPLETED", "FAILED", "CANCELLED" })
    void a_run_that_is_over_keeps_nobody_from_starting(RunStatus status) {
        assertThat(status.isActive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_state_stands_in_the_table_under_its_name(RunStatus status) {
        assertThat(RunStatus.of(status.text())).isEqualTo(status);
    }
}
