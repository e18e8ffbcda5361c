package org.openphoneimport.run;

import java.util.Objects;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Time in which a run had ended is no time that it took. */
@QuarkusTest
class IdleTimeTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();

    @Inject
    Runs runs;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @TestTransaction
    void a_run_that_is_repaired_after_a_night_took_no_night() {
        Run.getEntityManager()
                .createNativeQuery(
                        """
                                INSERT INTO import_runs (id, type, status, window_from, key_hash, started_at, completed_at)
                                VALUES (:run, 'historical', 'failed', '2020-01-01', 'idle', now() - interval '9 hours', now() - interval '8 hours')
                                """)
                .setParameter("run", RUN).executeUpdate();

        assertThat(runs.change(RUN, RunStatus.FAILED, RunStatus.RUNNING, null)).isTrue();

        var run = Run.withId(RUN).orElseThrow();
        assertThat(run.pausedSeconds).isBetween(8 * 3600L, 8 * 3600L + 60);
        assertThat(run.elapsed(Objects.requireNonNull(run.startedAt).plusSeconds(9 * 3600)).toSeconds()).isBetween(3600L - 60,
                3600L);
    }
}
