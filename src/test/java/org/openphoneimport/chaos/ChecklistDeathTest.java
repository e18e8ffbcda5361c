package org.openphoneimport.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleWebhook;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/** SIGKILL while a run goes through its checklist, or ever after: webhooks and roles are as they were when it is over. */
// Some minutes in all: too long for every build.
@Tag("chaos")
@OnTheRig
class ChecklistDeathTest {

    private static final Conditions CONDITIONS = Conditions.inAHurry().with("checklist.webhooks", "recreate")
            .with("checklist.read-only-roles", "crm").with("keep.patience", "3s");

    private final Rig rig = Rig.get();
    private final SampleWorkspace workspace = Campaign.workspace(10);
    private final List<SampleWebhook> before = workspace.webhooks().all();

    @AfterAll
    static void rest() {
        Rig.get().openPhone().intercept(Interceptor.NONE);
        Rig.get().database().execute("DROP ROLE IF EXISTS crm");
        Rig.get().rest();
    }

    @Test
    void a_run_whose_workers_die_until_it_fails_leaves_nothing_behind() throws IOException {
        var run = start();
        rig.openPhone().intercept(request -> {
            if (Lists.isOfMessages(request.template()) && !Lists.isProbe(request)) {
                rig.kill(Workers.senderOf(request));
            }
            return Fault.none();
        });

        assertThat(rig.awaitEnd(run, Duration.ofMinutes(3)).text("status")).isEqualTo("failed");

        assertThat(rig.starts()).isGreaterThanOrEqualTo(5);
        rig.openPhone().intercept(Interceptor.NONE);
        assertEverythingIsBack(run);
    }

    @RepeatedTest(8)
    void a_run_that_is_cancelled_among_deaths_leaves_nothing_behind(RepetitionInfo repetition) {
        long seed = Campaign.seed(repetition);
        Campaign.note("deaths around a checklist from seed %d".formatted(seed));
        var random = new Random(seed);
        var deaths = new AtomicInteger();
        var run = start();
        // Whoever deletes or makes one may die with it done and not noted.
        rig.openPhone().intercept(request -> {
            if (isChange(request.method(), request.path()) && random.nextBoolean() && deaths.incrementAndGet() <= 4) {
                rig.kill(Workers.senderOf(request));
            }
            return Fault.none();
        });
        rig.soon().atMost(Duration.ofSeconds(30)).until(() -> rig.openPhone().requests()
                .count(request -> isChange(request.method(), request.path())) > 0);
        Pause.millis(random.nextInt(500));
        rig.soon().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> rig.act("cancel", run)
                || List.of("cancelled", "completed").contains(rig.run(run).text("status")));
        Pause.millis(random.nextInt(500));
        rig.kill();
        rig.awaitWorkers(1);

        assertEverythingIsBack(run);
    }

    private static boolean isChange(String method, String path) {
        return path.startsWith("/v1/webhooks") && !method.equals("GET");
    }

    private UUID start() {
        rig.reset(workspace, CONDITIONS);
        rig.database().execute("DROP ROLE IF EXISTS crm");
        rig.database().execute("CREATE ROLE crm LOGIN");
        return rig.start();
    }

    private void assertEverythingIsBack(UUID run) {
        var began = Instant.now();
        rig.soon().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            assertThat(workspace.webhooks().all())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id", "key", "createdAt", "updatedAt")
                    .containsExactlyInAnyOrderElementsOf(before);
            assertThat(rig.database().size("checklist_steps WHERE state IN ('pending', 'active')")).isZero();
            assertThat(rig.database().size("saved_webhooks WHERE back_at IS NULL")).isZero();
            assertThat(rig.database().size("system_mode WHERE read_only")).isZero();
            assertThat(rig.database().size("pg_roles WHERE rolname = 'crm' AND rolconfig IS NOT NULL")).isZero();
        });
        Campaign.note("Everything is back after %d ms; %s".formatted(Duration.between(began, Instant.now()).toMillis(),
                rig.database().rows("SELECT name, state FROM checklist_steps WHERE run_id = ? ORDER BY position", run)));
    }
}
