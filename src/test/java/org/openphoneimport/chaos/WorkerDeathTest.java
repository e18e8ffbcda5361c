package org.openphoneimport.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/** SIGKILL, between any two steps: the import goes on unaided, and in the end nothing is lost and nothing is double. */
@OnTheRig
class WorkerDeathTest {

    // Twelve batches, more than one request sends.
    private static final SampleWorkspace WORKSPACE = Campaign.workspace(120);

    private static final int DEATHS = Integer.getInteger("chaos.deaths", 20);

    private static final Conditions CONDITIONS = Conditions.inAHurry().with("openphone.patience", "1s");

    private final Rig rig = Rig.get();

    @AfterEach
    void release() {
        Commits.release(rig);
    }

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @Test
    void a_run_survives_workers_that_die_while_they_send_import_and_hand_back() {
        survive(List.of(Boundary.BETWEEN_SENDS, Boundary.BEFORE_COMMIT, Boundary.RELEASED_BUT_NOT_SENT));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void a_run_survives_many_deaths_at_the_same_boundary(Boundary boundary) {
        for (int i = 0; i < DEATHS; i++) {
            survive(List.of(boundary));
            Campaign.note("%s: survived %d".formatted(boundary, i + 1));
        }
    }

    @RepeatedTest(20)
    @Tag("chaos")
    void a_run_survives_deaths_at_random_moments(RepetitionInfo repetition) {
        long seed = Campaign.seed(repetition);
        Campaign.note("deaths at random moments from seed %d".formatted(seed));
        var random = new Random(seed);
        rig.reset(WORKSPACE, CONDITIONS);
        var run = rig.start();
        for (int death = 0; death < 3; death++) {
            Pause.millis(random.nextInt(4000));
            rig.kill();
            rig.awaitWorkers(1);
        }
        rig.awaitEnd(run, Duration.ofMinutes(4));
        rig.assertExact(run, "seed " + seed);
    }

    private void survive(List<Boundary> boundaries) {
        rig.reset(WORKSPACE, CONDITIONS);
        var first = arm(boundaries.getFirst());
        var run = rig.start();
        await(first, boundaries.getFirst());
        boundaries.stream().skip(1).forEach(boundary -> await(arm(boundary), boundary));
        rig.awaitEnd(run, Duration.ofSeconds(90));
        assertThat(rig.starts()).as("workers that followed").isEqualTo(boundaries.size());
        rig.assertExact(run, boundaries.toString());
    }

    private Boundary.Death arm(Boundary boundary) {
        rig.openPhone().intercept(Interceptor.NONE);
        rig.queueProxy().meddle(QueueProxy.NONE);
        var death = new Boundary.Death(rig);
        boundary.arm(death);
        return death;
    }

    private void await(Boundary.Death death, Boundary boundary) {
        rig.soon().atMost(Duration.ofMinutes(2)).alias("The worker does not come to " + boundary).until(death::isDone);
    }

}
