package org.openphoneimport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.NoticeReceiver;
import org.openphoneimport.testsupport.Waiting;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./mvnw -Plocal} with nothing set: everything that is needed is there, and goes on after a kill where it was. */
@BesideOthers
@Landing
class LocalModeTest {

    private final NoticeReceiver receiver = NoticeReceiver.open();
    private final Map<String, String> environment = Map.of("SAMPLE_CONVERSATIONS", "12", "SAMPLE_RATE", "15",
            "NOTIFY_WEBHOOK_URL", receiver.url(), "NOTIFY_WEBHOOK_SECRET", NoticeReceiver.SECRET,
            // What systemd sets is no setting of ours.
            "NOTIFY_SOCKET", "/run/systemd/notify", "IMPORT_WORKER", "2", "QUARKUS_LOG_LEVEL", "INFO",
            "NOTIFY_RETRY_DELAYS", String.join(",", Collections.nCopies(60, "1s")));

    @TempDir
    Path temporary;

    @AfterEach
    void end_what_a_failure_has_left() {
        receiver.close();
        LocalPostgres.orphan(data()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_run_goes_on_after_a_kill_and_a_schedule_follows_with_nothing_but_a_directory() throws Exception {
        String run;
        try (var first = start(Map.of()).awaitUp()) {
            assertThat(first.log()).contains("openphone-import is running", "sample workspace of 12 conversations",
                    "psql -h localhost", "WARN  Ignored, since there are no such settings: IMPORT_WORKER (do you mean "
                            + "IMPORT_WORKERS?)\n");
            try (var second = start(Map.of())) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.log()).contains("openphone-import could not start. Another openphone-import is running on "
                        + "the data in " + data().getParent());
            }
            run = first.post("/api/runs", "{}").path("runId").asText();
            soon().until(() -> run(first, run).path("processedConversations").asInt() > 0);
            assertThat(run(first, run).path("status").asText()).isEqualTo("running");
            receiver.answer(503);
            first.post("/api/notices/test", "");
            soon().until(() -> !receiver.posts("test").isEmpty());
            first.kill();
            receiver.reset();
        }
        assertThat(LocalPostgres.orphan(data())).as("what a killed process leaves behind").isPresent();

        // Each of its leases is longer than this waits.
        try (var again = start(Map.of("local.reconcile-cron", "*/2 * * * * ?")).awaitUp()) {
            soon().until(() -> run(again, run).path("status").asText().equals("completed"));
            soon().until(() -> again.get("/api/runs").valueStream().anyMatch(
                    each -> each.path("type").asText().equals("reconciliation")));
            // What the process before could not deliver, or was just delivering, is delivered by this one.
            soon().until(() -> !receiver.posts("test").isEmpty()
                    && !receiver.posts(run).isEmpty());
            assertThat(receiver.posts("test")).hasSize(1);
            assertThat(receiver.posts(run)).hasSize(1);
            assertThat(Files.isDirectory(temporary.resolve("local/sample/media"))).isTrue();

            soon().until(() -> again.post("/api/runs", "{}").path("started").asBoolean());
            soon().until(() -> again.log().lines().filter(line -> line.contains("Imported batch 1 ")).count() > 1);
            int before = again.log().length();
            again.stop();
            assertThat(again.log().substring(before)).as("what it says when it is stopped in the middle of a run")
                    .doesNotContain("WARN", "ERROR", "\tat ").contains("openphone-import stopped");
        }
        assertThat(LocalPostgres.orphan(data())).as("what one that was stopped leaves behind").isEmpty();
    }

    private static JsonNode run(LocalProcess process, String id) throws IOException {
        return process.get("/api/runs/" + id);
    }

    private LocalProcess start(Map<String, String> more) {
        var settings = new TreeMap<>(Map.of("local.keep-every", "1s"));
        settings.putAll(more);
        return LocalProcess.start(temporary.resolve("local"), environment, settings);
    }

    private Path data() {
        return temporary.resolve("local/sample/postgres/data");
    }

    private static ConditionFactory soon() {
        return Waiting.await().atMost(Duration.ofSeconds(45)).pollInterval(Duration.ofMillis(50));
    }
}
