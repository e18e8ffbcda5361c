package org.openphoneimport.chaos;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anything may happen to a run, at any moment and in any order, and a model says what must hold all the same: counters equal
 * rows at every commit, no end comes while work is pending, nothing is asked for in a standstill, and in the end the rows are
 * the workspace's. {@code -Dchaos.seed} plays a schedule again, as far as processes and networks repeat themselves.
 */
@OnTheRig
class RandomScheduleTest {

    static final int PROCESSES = 2;

    private static final int SCHEDULES = Campaign.size(3, 10, 200);

    private static final Conditions CONDITIONS = Conditions.inAHurry().withProcesses(PROCESSES)
            .withVisibility(Duration.ofSeconds(2))
            .with("import.workers", "2")
            .with("import.readers", "2")
            .with("import.batch-size", "4")
            .with("import.conversations-per-transaction", "2")
            .with("import.longest-linger", "100ms")
            .with("import.lease", "1s")
            .with("import.shortest-return", "200ms")
            .with("import.longest-return", "1s")
            .with("keep.lease", "1s")
            .with("keep.patience", "2s")
            .with("openphone.patience", "1s");

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @TestFactory
    Stream<DynamicTest> a_run_comes_through_whatever_happens_to_it() {
        long first = Campaign.seed();
        Campaign.note("%d schedules from seed %d".formatted(SCHEDULES, first));
        return LongStream.range(first, first + SCHEDULES).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
            rig.reset(workspace(seed), CONDITIONS);
            var watch = Watch.over(rig.database());
            try {
                play(seed, watch);
            } finally {
                watch.end();
            }
        }));
    }

    private void play(long seed, Watch watch) throws IOException {
        // Seeds in a row would all throw the same number first.
        var random = new Random(new SplittableRandom(seed).nextLong());
        rig.openPhone().intercept(request -> Fault.delayed(Scene.ANSWER_TIME));
        var scene = new Scene(rig, rig.start(), random);
        var happened = new ArrayList<Trouble>();
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            Pause.millis(random.nextInt(250));
            var trouble = trouble(random, seed);
            happened.add(trouble);
            trouble.strike(scene);
        }
        var what = "seed " + seed + " " + happened;
        if (random.nextInt(10) == 0 && cancel(scene)) {
            assertThat(rig.run(scene.run()).text("status")).as(what).isEqualTo("cancelled");
        } else {
            complete(scene, what);
        }
        assertThat(watch.findings()).as(what).isEmpty();
        assertThat(scene.forbidden()).as(what).isEmpty();
    }

    private boolean cancel(Scene scene) throws IOException {
        if (!rig.act("cancel", scene.run())) {
            return false;
        }
        var acknowledged = Instant.now();
        Pause.millis(Scene.TO_A_STANDSTILL.toMillis() + 700);
        scene.noteStandstillForGood(acknowledged, reconciliation(scene, acknowledged).orElseGet(Instant::now));
        return true;
    }

    /** When the reconciliation began that follows once webhooks are back; empty if it was over when the standstill began. */
    private Optional<Instant> reconciliation(Scene scene, Instant acknowledged) {
        return rig.database().rows("""
                SELECT changed_at FROM checklist_steps
                WHERE run_id = ? AND name = 'webhooks' AND state = 'undone'
                    AND NOT EXISTS (SELECT FROM import_runs WHERE type = 'reconciliation' AND completed_at < ?)
                """, scene.run(), Timestamp.from(acknowledged.plus(Scene.TO_A_STANDSTILL))).stream()
                .map(row -> row.time("changed_at")).findFirst();
    }

    private void complete(Scene scene, String what) throws IOException {
        scene.calm();
        var run = scene.awaitEnd();
        if (run.text("status").equals("failed")) {
            // Too much trouble for some of its conversations. It says so, and a retry brings them.
            assertThat(rig.database().size("import_issues WHERE level = 'error'")).as(what + ": " + run).isPositive();
            assertThat(rig.database().size("import_conversations WHERE status = 'failed'")).as(what + ": " + run).isPositive();
            Campaign.note("%s: retried after %s".formatted(what, run.text("reason")));
            assertThat(rig.act("retry", scene.run())).as(what).isTrue();
            scene.awaitEnd();
        }
        rig.assertExact(scene.run(), what);
    }

    /** Starting a process takes seconds: in every build one dies in a quarter of the schedules at most. */
    private static Trouble trouble(Random random, long seed) {
        var troubles = List.of(Trouble.values());
        var trouble = troubles.get(random.nextInt(troubles.size()));
        return trouble == Trouble.CRASH && !Campaign.FULL && seed % 4 != 0 ? Trouble.FREEZE : trouble;
    }

    /** Some conversations, and one that has three pages. */
    private static SampleWorkspace workspace(long seed) {
        var workspace = Campaign.workspace(14, seed % 1000);
        var id = workspace.threads().conversationIds().stream().min(String::compareTo).orElseThrow();
        for (int i = 0; i < 2 * Campaign.PAGE + 30; i++) {
            workspace.addMessage("AClong" + i, id, "Message " + i, SampleWorkspace.END.minus(Duration.ofMinutes(i)));
        }
        return workspace;
    }
}
