package org.openphoneimport.run;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What the database is said to hold is what has been read, whatever runs there were. */
@QuarkusTest
class LedgerTest extends SmallWorkspace {

    private static final String NEVER_READ = "conversations that have never been read to their end";

    @Test
    void nothing_is_said_of_a_workspace_that_was_never_imported() {
        assertThat(workspace().path("complete").asBoolean(true)).isFalse();
        assertThat(workspace().path("sentence").asText()).isEqualTo("Nothing has been imported yet.");
        assertThat(workspace().path("coveredUntil").isNull()).isTrue();
    }

    @Test
    void a_whole_import_is_complete_up_to_its_start() {
        var run = bench.importAllDated();

        var workspace = workspace();
        assertThat(workspace.path("complete").asBoolean()).as(workspace.toString()).isTrue();
        assertThat(workspace.path("open")).isEmpty();
        assertThat(Instant.parse(workspace.path("coveredUntil").asText())).isEqualTo(run.time("created_at"));
        assertThat(workspace.path("messages").asLong()).isEqualTo(bench.database().size("messages"));
        // The system stays read-only for a moment after the run.
        bench.soon().untilAsserted(() -> assertThat(workspace().path("sentence").asText())
                .startsWith("Safe to go live: everything up to "));
    }

    @Test
    @Landing
    void calls_of_groups_that_v1_does_not_give_are_named() {
        assertThat(bench.importAll().text("status")).isEqualTo("completed");

        var groups = workspace.threads().conversations().stream().filter(one -> one.participants().size() > 1).count();
        assertThat(workspace().path("complete").asBoolean(true)).isFalse();
        assertThat(open("conversations of groups, whose calls v1 does not give")).isEqualTo(groups).isPositive();
    }

    @ParameterizedTest
    @Thorough
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void a_failed_import_that_a_reconciliation_follows_stays_incomplete_until_its_holes_are_filled(Api api) {
        var bad = conversations().getFirst();
        bench.openPhone().intercept(request -> (api == Api.V1 && isOf(bad, request, "/v1/messages"))
                || (api == Api.DATED && request.path().equals("/messages")
                        && request.parameter("limit").orElse("").equals("50"))
                                ? Fault.status(500)
                                : Fault.none());
        var failed = bench.awaitEnd(bench.start("{}", api));
        assertThat(failed.text("status")).isEqualTo("failed");
        bench.openPhone().intercept(request -> Fault.none());

        var followed = bench.awaitEnd(bench.start(since(failed.time("created_at").minusSeconds(600)), api));

        assertThat(followed.text("status")).as(followed.text("reason")).isEqualTo("completed");
        assertThat(workspace().path("complete").asBoolean(true)).isFalse();
        assertThat(missing()).as(workspace().toString()).isPositive();
        if (api == Api.V1) {
            assertThat(open(NEVER_READ)).isEqualTo(1);
        }

        assertThat(reconcile(api).text("status")).isEqualTo("completed");
        assertThat(missing()).as(workspace().toString()).isZero();
        assertEverythingIsStored(api);
    }

    @ParameterizedTest
    @Landing
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void a_cancelled_import_that_a_reconciliation_follows_stays_incomplete_until_its_holes_are_filled(Api api) {
        bench.openPhone().intercept(request -> request.path().endsWith("/messages") ? Fault.delayed(Duration.ofSeconds(1))
                : Fault.none());
        var id = bench.start("{}", api);
        bench.soon().until(() -> bench.database().size("import_batches") > 0);
        RestAssured.given().post("/api/runs/{id}/cancel", id).then().statusCode(200);
        bench.openPhone().intercept(request -> Fault.none());
        var cancelled = bench.awaitEnd(id);

        var followed = bench.awaitEnd(bench.start(since(cancelled.time("created_at").minusSeconds(600)), api));

        assertThat(followed.text("status")).as(followed.text("reason")).isEqualTo("completed");
        assertThat(missing()).as(workspace().toString()).isPositive();

        assertThat(reconcile(api).text("status")).isEqualTo("completed");
        assertThat(missing()).as(workspace().toString()).isZero();
        assertEverythingIsStored(api);
    }

    @ParameterizedTest
    @Landing
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void what_a_reconciliation_has_listed_is_here_when_it_has_been_read(Api api) {
        var covered = coveredAfterAnImport(api);
        workspace.addMessage("AClate", conversations().getFirst().id(), "Late", Instant.now().minus(Duration.ofHours(30)));
        bench.openPhone().intercept(request -> isReading(api, request) ? Fault.status(503) : Fault.none());

        var id = bench.start("{\"type\":\"reconciliation\"}", api);
        bench.soon().until(() -> bench.run(id).columns().get("listed_at") != null);
        assertThat(coveredUntil()).as("while it reads").isEqualTo(covered);
        RestAssured.given().post("/api/runs/{id}/cancel", id).then().statusCode(200);
        bench.openPhone().intercept(request -> Fault.none());
        bench.awaitEnd(id);
        assertThat(coveredUntil()).as("when it has been cancelled").isEqualTo(covered);
        assertThat(bench.database().ids("messages")).doesNotContain("AClate");

        var next = reconcile(api);
        assertThat(coveredUntil()).isEqualTo(next.time("created_at"));
        assertThat(bench.database().ids("messages")).contains("AClate");
    }

    @ParameterizedTest
    @Landing
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void a_run_of_which_something_failed_covers_no_later_time_before_a_retry(Api api) {
        var covered = coveredAfterAnImport(api);
        workspace.addMessage("AClate", conversations().getFirst().id(), "Late", Instant.now().minus(Duration.ofHours(30)));
        bench.openPhone().intercept(request -> !isReading(api, request) ? Fault.none()
                : api == Api.DATED ? Fault.status(400)
                        : isOf(conversations().getFirst(), request, request.path()) ? Fault.status(500) : Fault.none());

        var failed = reconcile(api);
        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(coveredUntil()).isEqualTo(covered);
        bench.openPhone().intercept(request -> Fault.none());
        RestAssured.given().post("/api/runs/{id}/retry", failed.uuid("id")).then().statusCode(200);

        assertThat(bench.awaitEnd(failed.uuid("id")).text("status")).isEqualTo("completed");
        assertThat(coveredUntil()).isEqualTo(failed.time("created_at"));
        assertThat(bench.database().ids("messages")).contains("AClate");
    }

    @Test
    @Landing
    void what_is_refused_when_it_is_read_again_is_named_though_it_was_read_before() {
        var covered = coveredAfterAnImport(Api.V1);
        workspace.addMessage("AClate", conversations().getFirst().id(), "Late", Instant.now().minus(Duration.ofHours(30)));
        bench.openPhone().intercept(request -> isOf(conversations().getFirst(), request, "/v1/messages") ? Fault.status(403)
                : Fault.none());

        var run = reconcile(Api.V1);
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(open("conversations that OpenPhone refuses")).as(workspace().toString()).isEqualTo(1);
        assertThat(coveredUntil()).isAfter(covered);

        bench.openPhone().intercept(request -> Fault.none());
        reconcile(Api.V1);
        assertThat(open("conversations that OpenPhone refuses")).as(workspace().toString()).isZero();
        assertThat(bench.database().ids("messages")).contains("AClate");
    }

    /** The first conversation has just been active, so a row that comes late is not its last. */
    private Instant coveredAfterAnImport(Api api) {
        workspace.addMessage("ACknown", conversations().getFirst().id(), "Known", Instant.now().minus(Duration.ofHours(1)));
        assertThat(bench.awaitEnd(bench.start("{}", api)).text("status")).isEqualTo("completed");
        return coveredUntil();
    }

    private Instant coveredUntil() {
        return Instant.parse(workspace().path("coveredUntil").asText());
    }

    /** Not what tries whether it answers. */
    private static boolean isReading(Api api, SampleRequest request) {
        return api == Api.V1 ? request.path().equals("/v1/messages")
                : request.path().equals("/messages") && request.parameter("limit").orElse("").equals("50");
    }

    @ParameterizedTest
    @Landing
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void a_run_with_a_window_hides_no_gap_before_it(Api api) {
        bench.awaitEnd(bench.start("{}", api));
        var twentyDaysAgo = Instant.now().minus(Duration.ofDays(20));
        forgetSince(twentyDaysAgo);
        var one = conversations().getFirst();
        for (int day = 1; day <= 10; day++) {
            workspace.addMessage("ACgap" + day, one.id(), "Day " + day, twentyDaysAgo.plus(Duration.ofDays(day)));
        }
        workspace.addMessage("ACwindow", one.id(), "Today", Instant.now().minusSeconds(60));

        var window = bench.awaitEnd(bench.start(since(Instant.now().minus(Duration.ofDays(1))), api));
        assertThat(window.text("status")).as(window.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).contains("ACwindow").doesNotContain("ACgap1");
        assertThat(workspace().path("complete").asBoolean(true)).isFalse();
        assertThat(missing()).as(workspace().toString()).isPositive();

        assertThat(reconcile(api).text("status")).isEqualTo("completed");
        assertThat(missing()).as(workspace().toString()).isZero();
        assertEverythingIsStored(api);
    }

    @ParameterizedTest
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void an_import_of_a_window_brings_just_that_and_says_so(Api api) {
        var from = SampleWorkspace.END.minus(Duration.ofDays(200));
        var to = SampleWorkspace.END.minus(Duration.ofDays(20));

        var run = bench.awaitEnd(bench.start("{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to), api));

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        var expected = new TreeSet<String>();
        workspace.threads().messages().stream()
                .filter(message -> !message.createdAt().isBefore(from) && message.createdAt().isBefore(to))
                .forEach(message -> expected.add(message.id()));
        assertThat(bench.database().ids("messages")).isEqualTo(expected).isNotEmpty();
        assertThat(workspace().path("complete").asBoolean(true)).isFalse();
        assertThat(missing()).isPositive();
        assertThat(bench.database().count("""
                SELECT count(*) FROM ledger WHERE messages_read <> '{}'
                    AND messages_read <> CAST('{[%s,%s)}' AS tstzmultirange)
                """.formatted(from, to))).isZero();

        assertThat(reconcile(api).text("status")).isEqualTo("completed");
        assertEverythingIsStored(api);
    }

    /** The checklist of a historical run starts it, when webhooks were off. */
    @Test
    void what_follows_an_import_from_a_time_on_brings_nothing_older() {
        var from = SampleWorkspace.END.minus(Duration.ofDays(200));
        var first = bench.awaitEnd(bench.start("{\"from\":\"%s\"}".formatted(from)));
        bench.database().execute("UPDATE checklist_steps SET state = 'pending' WHERE name = 'reconciliation'");
        bench.soon().atMost(Duration.ofSeconds(20)).until(() -> bench.database().count("""
                SELECT count(*) FROM import_runs WHERE type = 'reconciliation' AND status = 'completed'
                """) == 1);

        assertThat(first.text("status")).isEqualTo("completed");
        assertThat(bench.database().count("SELECT count(*) FROM messages WHERE created_at < CAST(? AS timestamptz)",
                from.toString())).isZero();
    }

    @Test
    void a_refused_conversation_in_which_something_happens_meanwhile_is_still_named() {
        var bad = conversations().getFirst();
        bench.openPhone().intercept(request -> {
            if (request.path().equals("/v1/call-recordings/x") || isOf(bad, request, "/v1/calls")) {
                workspace.addMessage("ACmeanwhile", bad.id(), "Hello?", Instant.now());
            }
            return isOf(bad, request, "/v1/messages") || isOf(bad, request, "/v1/calls") ? Fault.status(403) : Fault.none();
        });

        var run = bench.importAll();

        assertThat(bench.database().value("""
                SELECT kind FROM discrepancies WHERE subject = 'conversation' AND subject_id = ?
                    AND verification_id = (SELECT max(id) FROM verifications)
                """, bad.id())).isEqualTo("unavailable");
        assertThat(open("conversations that OpenPhone refuses")).isEqualTo(1);
        bench.openPhone().intercept(request -> Fault.none());
        RestAssured.given().post("/api/runs/{id}/retry", run.uuid("id")).then().statusCode(200);
        assertThat(bench.awaitEnd(run.uuid("id")).text("status")).isEqualTo("completed");
        assertThat(open("conversations that OpenPhone refuses")).isZero();
        assertEverythingIsStored(Api.V1);
    }

    @Test
    void calls_are_asked_for_where_messages_are_refused() {
        var withCall = conversations().stream().filter(one -> workspace.calls().calls().stream()
                .anyMatch(call -> call.participants().contains(one.participants().getFirst()))).findFirst().orElseThrow();
        bench.openPhone()
                .intercept(request -> isOf(withCall, request, "/v1/messages") ? Fault.status(400) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("calls")).isEqualTo(new TreeSet<>(workspace.calls().ids()));
        assertThat(bench.database().value("SELECT status FROM import_conversations WHERE conversation_id = ?", withCall.id()))
                .isEqualTo("unavailable");
    }

    @Test
    void what_openphone_refuses_can_be_accepted_with_a_reason() {
        var bad = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(bad, request, "/v1/messages") ? Fault.status(404) : Fault.none());
        var id = bench.importAll().uuid("id");
        assertThat(open("conversations that OpenPhone refuses")).isEqualTo(1);

        accept(id, "{}", 400);
        accept(id, "{\"reason\":\"  \"}", 400);
        accept(id, "{\"reason\":\"An old test number\",\"ids\":[\"%s\"]}".formatted(conversations().getLast().id()), 409);
        accept(id,
                "{\"reason\":\"An old test number\",\"ids\":[\"%s\",\"%s\"]}".formatted(bad.id(),
                        conversations().getLast().id()),
                409);
        accept(UUID.randomUUID(), "{\"reason\":\"An old test number\"}", 404);
        assertThat(bench.database().size("accepted_gaps")).isZero();
        accept(id, "{\"reason\":\"An old test number\",\"ids\":[\"%s\"]}".formatted(bad.id()), 200);

        assertThat(open("conversations that OpenPhone refuses")).isZero();
        assertThat(workspace().path("accepted").asLong()).isEqualTo(1);
        assertThat(bench.database().row("SELECT * FROM accepted_gaps").text("reason")).isEqualTo("An old test number");
        assertThat(bench.database().value("SELECT kind FROM discrepancies WHERE subject = 'conversation' AND subject_id = ?",
                bad.id())).isEqualTo("accepted");
        // Calls of groups are left.
        accept(id, "{\"reason\":\"The other API has them\"}", 200);
        var workspace = workspace();
        assertThat(workspace.path("complete").asBoolean()).as(workspace.toString()).isTrue();
        assertThat(workspace.path("sentence").asText()).contains(" is here but for ").contains(" accepted, ");
        accept(id, "{\"reason\":\"Once more\"}", 409);

        // It holds in later runs, until OpenPhone gives it.
        assertThat(reconcile(Api.V1).text("status")).isEqualTo("completed");
        assertThat(workspace().path("complete").asBoolean()).isTrue();
    }

    @Test
    @Landing
    void a_conversation_that_vanished_from_the_list_before_it_was_read_is_not_forgotten() {
        var gone = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(gone, request, "/v1/messages") ? Fault.status(500) : Fault.none());
        assertThat(bench.importAll().text("status")).isEqualTo("failed");
        workspace.threads().unlist(gone.id());
        bench.openPhone().intercept(request -> Fault.none());

        var id = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}")).uuid("id");

        var reason = "conversations that OpenPhone does not list any more and that were not read to their end";
        assertThat(open(reason)).as(workspace().toString()).isEqualTo(1);
        accept(id, "{\"reason\":\"It was deleted\",\"ids\":[\"%s\"]}".formatted(gone.id()), 200);
        assertThat(open(reason)).isZero();
    }

    @Test
    @Landing
    void keep_runs_accepts_as_well() {
        var id = bench.importAll().uuid("id");
        assertThat(bench.invoke("keep-runs", "{\"action\":\"accept\",\"runId\":\"%s\"}".formatted(id)).failed()).isTrue();

        assertThat(bench.invoke("keep-runs", "{\"action\":\"accept\",\"runId\":\"%s\",\"reason\":\"No groups\",\"by\":\"Olga\"}"
                .formatted(id)).failed()).isFalse();

        assertThat(bench.database().rows("SELECT DISTINCT accepted_by FROM accepted_gaps")).singleElement()
                .satisfies(row -> assertThat(row.text("accepted_by")).isEqualTo("Olga"));
        assertThat(workspace().path("complete").asBoolean()).isTrue();
    }

    private void accept(UUID run, String payload, int status) {
        RestAssured.given().body(payload).post("/api/runs/{id}/accept", run).then().statusCode(status);
    }

    private static String since(Instant from) {
        return "{\"type\":\"reconciliation\",\"from\":\"%s\"}".formatted(from);
    }

    /** As if nothing had been read since then. */
    private void forgetSince(Instant time) {
        bench.database().execute("UPDATE import_runs SET created_at = CAST(? AS timestamptz)", time.toString());
        bench.database().execute("""
                UPDATE conversation_records SET messages_read = messages_read - tstzmultirange(tstzrange(time.at, NULL)),
                    calls_read = calls_read - tstzmultirange(tstzrange(time.at, NULL))
                FROM (SELECT CAST(? AS timestamptz) AS at) AS time
                """, time.toString());
        bench.database().execute("""
                UPDATE list_records SET read = read - tstzmultirange(tstzrange(CAST(? AS timestamptz), NULL))
                """, time.toString());
    }
}
