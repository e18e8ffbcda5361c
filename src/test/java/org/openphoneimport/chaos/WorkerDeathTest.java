package org.openphoneimport.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Interceptor;

import static org.assertj.core.api.Assertions.assertThat;

/** SIGKILL, between any two steps: the import goes on unaided, and in the end nothing is lost and nothing is double. */
// Three minutes in all: too long and too dependent on a quiet machine for every build.
@Tag("chaos")
class WorkerDeathTest {

    // Two pages, twelve batches.
    private static final SampleWorkspace WORKSPACE = SampleWorkspace
            .generate(SampleSettings.defaults().withConversations(120));

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
    void a_run_survives_whoever_lists_and_sends() {
        survive(List.of(Boundary.BETWEEN_LISTING_PAGES, Boundary.BETWEEN_SENDS, Boundary.SENT_BUT_NOT_NOTED));
    }

    @Test
    void a_run_survives_workers_that_die_while_they_import() {
        survive(List.of(Boundary.CLAIMED, Boundary.FETCHED, Boundary.BEFORE_COMMIT, Boundary.COMMITTED_AFTER_DEATH,
                Boundary.COMMITTED_BUT_NOT_ACKNOWLEDGED));
    }

    @Test
    void a_run_survives_workers_that_die_while_they_hand_back() {
        survive(List.of(Boundary.BEFORE_RELEASE, Boundary.RELEASED_BUT_NOT_SENT, Boundary.HANDED_BACK_BUT_NOT_NOTED,
                Boundary.HANDED_BACK_BUT_NOT_ACKNOWLEDGED));
    }

    @ParameterizedTest
    @EnumSource
    void a_run_survives_twenty_deaths_at_the_same_boundary(Boundary boundary) {
        for (int i = 0; i < 20; i++) {
            survive(List.of(boundary));
        }
    }

    @RepeatedTest(20)
    void a_run_survives_deaths_at_random_moments() {
        long seed = System.nanoTime();
        System.out.println("Seed " + seed);
        var random = new Random(seed);
        rig.reset(WORKSPACE, settings());
        var run = rig.start();
        for (int death = 0; death < 3; death++) {
            Pause.millis(random.nextInt(4000));
            rig.kill();
            rig.awaitWorker();
        }
        rig.awaitEnd(run, Duration.ofMinutes(4));
        rig.assertExact(run, "seed " + seed);
    }

    private void survive(List<Boundary> boundaries) {
        rig.reset(WORKSPACE, settings());
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
        rig.soon().atMost(Duration.ofSeconds(60)).alias("The worker does not come to " + boundary).until(death::isDone);
    }

    private static Map<String, String> settings() {
        return Rig.inAHurryBut("openphone.patience", "1s");
    }
}
