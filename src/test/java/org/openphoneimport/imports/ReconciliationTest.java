package org.openphoneimport.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleMedia;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** Days after the import: what is new or has changed arrives, for few requests. */
@QuarkusTest
class ReconciliationTest {

    private static final String RECONCILE = "{\"type\":\"reconciliation\"}";

    private final Bench bench = Bench.get();
    private SampleWorkspace workspace;

    @BeforeEach
    void import_a_workspace_of_its_own() {
        bench.reset();
        workspace = Bench.workspace(30);
        bench.openPhone().serve(workspace);
        bench.openPhone().pageSize(20);
        assertThat(bench.importAll().text("status")).isEqualTo("completed");
        bench.openPhone().requests().reset();
    }

    @Test
    @Landing
    void a_day_costs_a_listing_and_two_requests_for_each_conversation_that_changed() {
        var changed = conversations().subList(0, 5);
        changed.forEach(one -> receive("ACnew", one));

        var run = reconcile();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.number("processed_conversations")).isEqualTo(5);
        assertThat(run.number("processed_messages")).isEqualTo(5);
        assertEverythingIsStored();
        // To try the key and to verify; two pages and what moved meanwhile; five times messages and calls.
        assertThat(bench.openPhone().requests().countByTemplate()).containsAllEntriesOf(Map.of("/v1/phone-numbers", 2L,
                "/v1/conversations", 3L, "/v1/messages", 5L, "/v1/calls", 5L));
        assertThat(bench.openPhone().requests().count("/v1/calls/{callId}")).isZero();
    }

    @Test
    @Tag("chaos")
    void a_day_of_fifty_changes_in_seven_thousand_conversations_costs_less_than_240_requests() {
        bench.reset();
        workspace = SampleWorkspace.generate(SampleSettings.defaults());
        bench.openPhone().serve(workspace);
        bench.openPhone().pageSize(100);
        var first = bench.start("{}");
        bench.soon().atMost(Duration.ofMinutes(10)).until(() -> bench.run(first).text("status").equals("completed"));
        var changing = workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.deletedAt() == null).limit(100).toList();

        var silent = changing.subList(0, 50);
        silent.forEach(one -> receive("ACsilent", one));
        bench.openPhone().intercept(showing(silent));
        assertDayCosts240Requests("updatedAt did not move");

        // Those of the other day do not stand in this one's window, as they do where it moves.
        changing.subList(50, 100).forEach(one -> receive("ACnew", one));
        assertDayCosts240Requests("updatedAt moved");
    }

    private void assertDayCosts240Requests(String day) {
        bench.openPhone().requests().reset();

        var run = reconcile();

        System.out.printf("50 of 7,000 changed, %s: %d requests %s%n", day, bench.openPhone().requests().count(),
                bench.openPhone().requests().countByTemplate());
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.number("processed_messages")).isGreaterThanOrEqualTo(50);
        assertThat(bench.openPhone().requests().count(request -> !request.path().startsWith("/v1/call-")))
                .isLessThanOrEqualTo(240);
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void conversations_whose_times_did_not_move_are_found_by_their_last_activity() {
        var silent = conversations().subList(0, 5);
        silent.forEach(one -> receive("ACsilent", one));
        bench.openPhone().intercept(showing(silent));

        var run = reconcile();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_conversations")).isEqualTo(5);
        assertEverythingIsStored();
        assertThat(bench.openPhone().requests().countByTemplate())
                .containsAllEntriesOf(Map.of("/v1/messages", 5L, "/v1/calls", 5L));
    }

    @Test
    @Landing
    void conversations_that_v1_lists_as_unchanged_are_spoken_of_as_they_were_read_last() {
        bench.database().execute("""
                UPDATE conversation_records SET messages_read = time_span(NULL, read_to(messages_read) - interval '70 hours'),
                    calls_read = time_span(NULL, read_to(calls_read) - interval '70 hours')
                WHERE conversation_id = (SELECT id FROM conversations WHERE cardinality(participants) = 1
                    AND last_activity_at < now() - interval '4 days' ORDER BY id LIMIT 1)
                """);

        var run = reconcile();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(unread()).isBetween(Duration.ofHours(70), Duration.ofHours(71));

        RestAssured.given().body("{\"full\":true}").post("/api/runs/{id}/verify", run.uuid("id")).then().statusCode(200);
        bench.soon().until(() -> "clean".equals(bench.database().value("SELECT status FROM verifications WHERE complete")));
        assertThat(unread()).isZero();
    }

    /** How long before the last listing that conversation was read which was read longest ago. */
    private static Duration unread() {
        var workspace = RestAssured.get("/api/workspace").jsonPath();
        return Duration.between(Instant.parse(workspace.getString("around.unchangedUntil")),
                Instant.parse(workspace.getString("coveredUntil")));
    }

    private void receive(String prefix, SampleConversation conversation) {
        workspace.addMessage(prefix + conversation.id(), conversation.id(), "Hello again", Instant.now());
    }

    /** Lists these conversations under the times that they have here, whatever has happened in them. */
    private static Interceptor showing(List<SampleConversation> conversations) {
        var times = conversations.stream().collect(Collectors.toMap(SampleConversation::id, one -> one));
        return request -> request.path().equals("/v1/conversations") ? Fault.changed(page -> {
            page.path("data").forEach(row -> {
                var before = times.get(row.path("id").asText());
                if (before != null) {
                    ((ObjectNode) row).put("updatedAt", String.valueOf(before.updatedAt()))
                            .put("lastActivityAt", String.valueOf(before.lastActivityAt()));
                }
            });
            return page;
        }) : Fault.none();
    }

    @Test
    @Landing
    void days_that_were_missed_are_made_up_for() {
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '3 days'");
        bench.database().execute("""
                UPDATE conversation_records SET messages_read = messages_read - tstzmultirange(tstzrange(
                        (SELECT created_at FROM import_runs), NULL)),
                    calls_read = calls_read - tstzmultirange(tstzrange((SELECT created_at FROM import_runs), NULL))
                """);
        var changed = conversations().subList(0, 4);
        for (int day = 3; day > 0; day--) {
            var at = Instant.now().minus(Duration.ofDays(day)).plusSeconds(60);
            var one = changed.get(day);
            workspace.addMessage("ACmissed" + day, one.id(), "Are you back?", at);
            // Of this one only the last is named by the listing.
            workspace.addMessage("ACdaily" + day, changed.getFirst().id(), "And today?", at);
        }

        var run = reconcile();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().count("""
                SELECT count(*) FROM import_runs AS run, import_runs AS first WHERE run.type = 'reconciliation'
                    AND first.type = 'historical' AND run.window_from = first.created_at - interval '48 hours'
                """)).isEqualTo(1);
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void a_status_that_changed_late_is_right_after_the_next_run() {
        var conversation = conversations().getFirst();
        workspace.addMessage("AClate", conversation.id(), "On my way", Instant.now().minusSeconds(3600));
        workspace.threads().changeStatus("AClate", "sent", Instant.now().minusSeconds(3500));
        reconcile();
        assertThat(bench.database().value("SELECT status FROM messages WHERE id = 'AClate'")).isEqualTo("sent");
        workspace.threads().changeStatus("AClate", "undelivered", Instant.now());
        // Nothing of the conversation shows it.
        bench.openPhone().intercept(showing(List.of(conversation)));

        var run = reconcile();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().value("SELECT status FROM messages WHERE id = 'AClate'")).isEqualTo("undelivered");
    }

    @Test
    @Landing
    void a_transcript_that_appears_an_hour_after_its_call_is_here_after_the_next_run() {
        var conversation = conversations().getFirst();
        var own = workspace.directory().numberEverKnown(conversation.phoneNumberId()).orElseThrow();
        var at = Instant.now().minus(Duration.ofMinutes(30));
        workspace.addCall(new SampleCall(at, own.users().getFirst().id(), null, "incoming", "completed", at, at, null, 60, null,
                null, null, "ACrecent", own.id(), List.of(conversation.participants().getFirst(), own.number()), at,
                own.users().getFirst().id()), conversation.id());
        reconcile();
        assertThat(bench.database().ids("calls")).contains("ACrecent");
        assertThat(bench.database().size("call_transcripts WHERE call_id = 'ACrecent'")).isZero();
        workspace.calls().put(new SampleTranscript("ACrecent", at, List.of(), 60, "completed"));
        bench.openPhone().requests().reset();

        var run = reconcile();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().size("call_transcripts WHERE call_id = 'ACrecent'")).isEqualTo(1);
        assertThat(bench.openPhone().requests().count(request -> request.path().startsWith("/v1/call-"))).isEqualTo(4);
    }

    @Test
    void what_is_added_to_a_call_whose_parts_are_stored_is_here_after_the_next_run() {
        var conversation = conversations().getFirst();
        var at = Instant.now().minus(Duration.ofMinutes(30));
        addRecordedCall(conversation, at, at, 1);
        reconcile();
        assertThat(bench.database().size("call_recordings WHERE call_id = 'ACrecent'")).isEqualTo(1);
        bench.openPhone().requests().reset();

        reconcile();
        assertThat(bench.openPhone().requests().count(request -> request.path().endsWith("/ACrecent")))
                .as("of a call that has not changed").isEqualTo(3);

        addRecordedCall(conversation, at, at.plusSeconds(600), 2);
        reconcile();
        assertThat(bench.database().size("call_recordings WHERE call_id = 'ACrecent'")).isEqualTo(2);
        assertThat(bench.database().size("call_parts WHERE call_id = 'ACrecent' AND kind = 'recordings' AND status = 'stored'"))
                .isEqualTo(1);
    }

    private void addRecordedCall(SampleConversation conversation, Instant at, Instant updatedAt, int segments) {
        var own = workspace.directory().numberEverKnown(conversation.phoneNumberId()).orElseThrow();
        workspace.addCall(new SampleCall(at, own.users().getFirst().id(), null, "incoming", "completed", at, at, null, 60, null,
                null, null, "ACrecent", own.id(), List.of(conversation.participants().getFirst(), own.number()), updatedAt,
                own.users().getFirst().id()), conversation.id());
        workspace.calls().putRecordings("ACrecent", IntStream.range(0, segments)
                .mapToObj(i -> new SampleRecording(60, "CR" + i, at, "completed", "audio/mpeg",
                        SampleMedia.ORIGIN + "/static/recordings/r" + i + ".mp3"))
                .toList());
    }

    @Test
    @Thorough
    void an_event_of_the_schedule_starts_one_and_a_second_start_answers_with_it() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations")
                ? Fault.delayed(Duration.ofMillis(700))
                : Fault.none());
        var first = bench.invoke("start-run", "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"detail\":{}}")
                .document();

        var second = bench.invoke("start-run", "{}").document();

        assertThat(first.path("started").asBoolean()).isTrue();
        assertThat(second.path("started").asBoolean()).isFalse();
        assertThat(second.path("runId")).isEqualTo(first.path("runId"));
        var run = bench.awaitEnd(UUID.fromString(first.path("runId").asText()));
        assertThat(run.text("type")).isEqualTo("reconciliation");
        assertThat(run.text("status")).isEqualTo("completed");
    }

    @Test
    @Landing
    void a_reconciliation_with_a_window_of_its_own_brings_just_that_and_the_next_one_all_the_rest() {
        bench.reset();
        bench.openPhone().serve(workspace);
        workspace.addMessage("ACtoday", conversations().getFirst().id(), "Good morning", Instant.now());

        var run = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\",\"from\":\"%s\"}"
                .formatted(Instant.now().minus(Duration.ofDays(1)))));

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).containsExactly("ACtoday");
        assertThat(bench.database().size("conversations")).isEqualTo(workspace.threads().conversations().size());

        assertThat(reconcile().text("status")).isEqualTo("completed");
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void a_reconciliation_that_does_not_look_for_what_changed_late_says_nothing_of_a_later_time() {
        var before = coveredUntil();

        reconcileFrom(Duration.ofHours(1));
        assertThat(coveredUntil()).isEqualTo(before);

        reconcileFrom(Duration.ofHours(49));
        assertThat(coveredUntil()).isAfter(before);
    }

    private void reconcileFrom(Duration age) {
        var run = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\",\"from\":\"%s\"}"
                .formatted(Instant.now().minus(age))));
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
    }

    private static Instant coveredUntil() {
        return Instant.parse(RestAssured.get("/api/workspace").jsonPath().getString("coveredUntil"));
    }

    @Test
    @Landing
    void clearing_empties_everything_imported_when_it_is_confirmed_and_no_run_is_active() {
        var last = String.valueOf(bench.database().value("SELECT id FROM import_runs")).substring(0, 8);
        clear("{\"confirm\":\"00000000\"}", 400);
        clear("{}", 400);
        bench.database().execute("UPDATE import_runs SET status = 'paused'");
        clear("{\"confirm\":\"" + last + "\"}", 409);
        bench.database().execute("UPDATE import_runs SET status = 'completed'");
        assertThat(bench.database().size("messages")).isPositive();
        assertThat(bench.files().keys()).isNotEmpty();

        // As if whoever deletes the files had died.
        holdUp("cleared files");
        clear("{\"confirm\":\"" + last + "\"}", 204);

        assertThat(bench.database().sizes("conversations", "messages", "calls", "media", "import_media", "phone_numbers",
                "conversation_records").values()).containsOnly(0L);
        assertThat(bench.database().size("import_runs")).isEqualTo(1);
        assertThat(bench.files().keys()).isNotEmpty();
        letGoOn();
        // What was to be deleted is forgotten when it has been.
        bench.soon().until(() -> bench.database().size("media_to_delete") == 0);
        assertThat(bench.files().keys()).isEmpty();
    }

    @Test
    @Landing
    void restarting_from_the_beginning_is_one_action() {
        var last = String.valueOf(bench.database().value("SELECT id FROM import_runs")).substring(0, 8);
        bench.database().execute("INSERT INTO messages (id, conversation_id, payload) VALUES ('ACold', 'CNold', '{}')");
        assertThat(bench.invoke("start-run", "{\"clear\":\"00000000\"}").failed()).isTrue();
        assertThat(bench.database().ids("messages")).contains("ACold");

        holdUp("cleared files");
        var run = bench.awaitEnd(bench.start("{\"clear\":\"" + last + "\"}"));

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.get("last_completed_conversation")).isNotNull();
        // Nothing that has been downloaded anew is deleted afterwards.
        letGoOn();
        bench.soon().until(() -> bench.database().size("media_to_delete") == 0);
        assertThat(bench.files().keys()).hasSize((int) bench.database().size("media"));
        assertEverythingIsStored();
    }

    /** No keep-runs does this, until it may go on. */
    private void holdUp(String task) {
        bench.database().execute("""
                INSERT INTO keep_leases (task, lease_until) VALUES (?, clock_timestamp() + interval '1 minute')
                ON CONFLICT (task) DO UPDATE SET lease_until = excluded.lease_until
                """, task);
    }

    private void letGoOn() {
        bench.database().execute("UPDATE keep_leases SET lease_until = clock_timestamp()");
    }

    private void clear(String payload, int status) {
        RestAssured.given().body(payload).post("/api/imported-data/clear").then().statusCode(status);
    }

    private Row reconcile() {
        return bench.awaitEnd(bench.start(RECONCILE));
    }

    /** Those of one other party that a message can come in. */
    private List<SampleConversation> conversations() {
        return workspace.threads().conversations().stream()
                .filter(conversation -> conversation.participants().size() == 1 && conversation.deletedAt() == null
                        && workspace.threads().conversations().stream()
                                .filter(other -> other.participants().equals(conversation.participants())).count() == 1)
                .toList();
    }

    private void assertEverythingIsStored() {
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().ids("calls")).isEqualTo(new TreeSet<>(workspace.calls().ids()));
    }
}
