package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.LoggedRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What a verification finds out, and what repair makes of it, against a server that speaks OpenPhone. */
@QuarkusTest
class VerificationTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void what_cannot_be_had_is_named_and_fails_no_run() {
        var workspace = Bench.anotherWorkspace();
        addCallOfSeveral(workspace);
        bench.openPhone().serve(workspace);

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        var verification = verification(run.uuid("id"));
        assertThat(verification.status()).isEqualTo("clean");
        var unavailable = workspace.threads().conversations().stream()
                .filter(conversation -> workspace.calls().groupCalls().stream()
                        .anyMatch(call -> call.id().equals(conversation.lastActivityId())))
                .map(conversation -> "unavailable activity " + conversation.lastActivityId()).toList();
        assertThat(unavailable).isNotEmpty();
        var groups = workspace.threads().conversations().stream()
                .filter(conversation -> conversation.participants().size() > 1)
                .map(conversation -> "unavailable group calls " + conversation.id()).toList();
        assertThat(verification.named("unavailable")).containsExactlyInAnyOrderElementsOf(
                Stream.concat(unavailable.stream(), groups.stream()).toList());
        assertThat(verification.named("absent")).containsExactlyInAnyOrderElementsOf(workspace.directory().deletedNumbers()
                .stream().map(number -> "absent phone number " + number.id()).toList());
        assertThat(verification.named("missing")).isEmpty();
        assertThat(verification.checks()).hasSize(10);
    }

    @Test
    @Landing
    void what_came_after_the_run_is_named_newer() {
        var run = bench.importAll();
        var workspace = Bench.anotherWorkspace();
        var conversation = workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.deletedAt() == null).findFirst().orElseThrow();
        workspace.addMessage("ACnewer", conversation.id(), "Are you there?", Instant.now());
        bench.openPhone().serve(workspace);

        verify(run.uuid("id"), "");

        var verification = awaitVerdict(run.uuid("id"));
        assertThat(verification.status()).isEqualTo("clean");
        assertThat(verification.named("newer")).containsExactlyInAnyOrder("newer message ACnewer",
                "newer conversation " + conversation.id());
        assertThat(bench.database().ids("messages")).as("what was given by its id is stored").contains("ACnewer");
    }

    @Test
    @Landing
    void planted_differences_are_named_one_by_one_and_a_repair_makes_them_right() {
        bench.openPhone().serve(Bench.workspace(130));
        findAndRepair(new Plan(20, 5, 10, 10, 2, 3, 10, 2));
    }

    @Test
    @Tag("chaos")
    void planted_differences_in_two_thousand_conversations_are_named_and_made_right() {
        bench.openPhone().serve(Bench.workspace(2_000));
        findAndRepair(new Plan(40, 10, 20, 20, 5, 3, 10, 5));
    }

    private void findAndRepair(Plan plan) {
        var id = bench.importAll().uuid("id");
        // Deleted numbers and the like, which cannot be had.
        var named = verification(id).all();
        var planted = plant(plan);
        var before = bench.database().sizes("conversations", "phone_numbers", "media");

        bench.openPhone().requests().reset();
        verify(id, "");
        var found = awaitVerdict(id);

        assertThat(found.status()).isEqualTo("discrepancies");
        assertThat(found.all().stream().filter(one -> !named.contains(one))).containsExactlyInAnyOrderElementsOf(planted);
        assertThat(bench.run(id).text("status")).as("a verification by hand changes no run").isEqualTo("completed");
        assertThat(bench.database().sizes("conversations", "phone_numbers", "media")).isEqualTo(before);
        int asked = bench.openPhone().requests().count();

        bench.openPhone().requests().reset();
        var touched = bench.database().rows("""
                SELECT DISTINCT coalesce(conversation_id, subject_id) AS id FROM discrepancies
                WHERE kind IN ('missing', 'different') AND subject IN ('message', 'call', 'conversation')
                """).size();
        RestAssured.given().post("/api/runs/{id}/repair", id).then().statusCode(200);
        var run = bench.awaitEnd(id);

        System.out.printf("%d planted: verified with %d requests; %d conversations touched, repaired with %s%n", planted.size(),
                asked, touched, bench.openPhone().requests().countByTemplate());
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(verification(id).status()).isEqualTo("clean");
        assertThat(requests("/v1/messages", "/v1/calls")).isLessThanOrEqualTo(4 * touched);
        // One listing, what moved meanwhile included.
        assertThat(requests("/v1/conversations"))
                .isLessThanOrEqualTo(bench.openPhone().workspace().threads().conversations().size() / Bench.PAGE + 2);
        assertEverythingIsAsItWas(run);
    }

    /** How many of each are planted. */
    private record Plan(int messagesGone, int callsGone, int messagesChanged, int conversationsGone, int numbersGone,
            int messagesInvented, int filesGone, int filesShortened) {
    }

    @Test
    @Landing
    void a_complete_verification_finds_what_the_import_never_saw() {
        var workspace = Bench.workspace(30);
        bench.openPhone().serve(workspace);
        var hidden = aMessageThatIsNotTheLast();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? without(hidden) : Fault.none());
        var run = bench.importAll();
        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).doesNotContain(hidden);
        bench.openPhone().intercept(request -> Fault.none());

        verify(run.uuid("id"), "{\"full\":true}");

        assertThat(awaitVerdict(run.uuid("id")).named("missing")).containsExactly("missing message " + hidden);
    }

    @Test
    @Landing
    void parts_of_calls_that_have_vanished_are_missing_until_a_repair_brings_them() {
        var id = bench.importAll().uuid("id");
        var kinds = Map.of("call_recordings", "recordings", "call_voicemails", "voicemail", "call_transcripts", "transcript",
                "call_summaries", "summary");
        var vanished = new TreeMap<String, String>();
        var missing = new TreeSet<String>();
        kinds.forEach((table, kind) -> {
            var call = String.valueOf(bench.database().value("SELECT min(call_id) FROM " + table));
            bench.database().execute("DELETE FROM " + table + " WHERE call_id = ?", call);
            vanished.put(table, call);
            missing.add("missing call part " + call + " " + kind);
        });

        verify(id, "");
        assertThat(awaitVerdict(id).named("missing")).containsExactlyInAnyOrderElementsOf(missing);

        RestAssured.given().post("/api/runs/{id}/repair", id).then().statusCode(200);
        assertThat(bench.awaitEnd(id).text("status")).isEqualTo("completed");
        assertThat(awaitVerdict(id).named("missing")).isEmpty();
        vanished.forEach((table, call) -> assertThat(
                bench.database().count("SELECT count(*) FROM " + table + " WHERE call_id = ?", call)).as(table).isPositive());
    }

    @Test
    void parts_of_calls_and_the_directory_that_something_else_has_changed_are_named_and_made_right() {
        var workspace = Bench.anotherWorkspace();
        var segments = workspace.calls().recordings().entrySet().stream()
                .filter(call -> workspace.calls().ids().contains(call.getKey())).findFirst().orElseThrow();
        var segment = segments.getValue().getFirst();
        workspace.calls().putRecordings(segments.getKey(), List.of(segment, new SampleRecording(segment.duration(), "CRsecond",
                segment.startTime(), segment.status(), segment.type(), segment.url())));
        bench.openPhone().serve(workspace);
        var id = bench.importAll().uuid("id");
        var before = told();
        var expected = new TreeSet<String>();
        for (var table : List.of("call_summaries", "call_transcripts")) {
            var call = String.valueOf(bench.database().value("SELECT min(call_id) FROM " + table));
            bench.database().execute("UPDATE %s SET status = 'in-progress' WHERE call_id = ?".formatted(table), call);
            expected.add("different call part " + call + (table.equals("call_summaries") ? " summary" : " transcript"));
        }
        var two = String.valueOf(bench.database().value("""
                SELECT min(call_id) FROM (SELECT call_id FROM call_recordings GROUP BY call_id HAVING count(*) > 1) AS several
                """));
        bench.database().execute("""
                DELETE FROM call_recordings WHERE (call_id, id) = (
                    SELECT call_id, id FROM call_recordings WHERE call_id = ? ORDER BY id LIMIT 1)""", two);
        expected.add("missing call part " + two + " recordings");
        for (var change : Map.of("user", "UPDATE users SET email = 'someone@example.com'", "contact",
                "UPDATE contact_phone_numbers SET value = 'none'", "phone number", "UPDATE phone_numbers SET name = 'Ours'",
                "custom field", "UPDATE contact_custom_fields SET name = 'Shoe size'").entrySet()) {
            var key = change.getKey().equals("contact") ? "contact_id" : "id";
            var table = change.getValue().replaceFirst("UPDATE (\\S+) .*", "$1");
            var row = String.valueOf(bench.database().value("SELECT min(%s) FROM %s".formatted(key, table)));
            bench.database().execute(change.getValue() + " WHERE " + key + " = ?", row);
            expected.add("different " + change.getKey() + " " + row);
        }
        bench.database().execute("DELETE FROM users WHERE id = (SELECT max(id) FROM users)");
        bench.database().execute("DELETE FROM contacts WHERE id = (SELECT max(id) FROM contacts)");
        expected.addAll(List.of("missing list users", "missing list contacts"));

        verify(id, "");

        var found = awaitVerdict(id);
        assertThat(Stream.of("missing", "different").flatMap(kind -> found.named(kind).stream()))
                .containsExactlyInAnyOrderElementsOf(expected);
        RestAssured.given().post("/api/runs/{id}/repair", id).then().statusCode(200);
        assertThat(bench.awaitEnd(id).text("status")).as(bench.run(id).text("reason")).isEqualTo("completed");
        assertThat(told()).isEqualTo(before);
    }

    private Map<String, List<Row>> told() {
        var told = new TreeMap<String, List<Row>>();
        for (var table : List.of("call_recordings", "call_summaries", "call_transcripts", "users", "contacts",
                "phone_numbers", "contact_custom_fields")) {
            told.put(table, bench.database().rows("SELECT row_digest(stored) AS digest FROM %s AS stored ORDER BY 1"
                    .formatted(table)));
        }
        return told;
    }

    @Test
    @Landing
    void a_document_that_does_not_say_when_it_changed_is_taken_for_the_newer_one() {
        var last = aLastMessage();
        bench.importAll();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? Fault.changed(page -> {
            page.path("data").forEach(message -> {
                if (message.path("id").asText().equals(last)) {
                    ((ObjectNode) message).put("text", "Said otherwise").remove("updatedAt");
                }
            });
            return page;
        }) : Fault.none());

        assertThat(bench.importAll().text("status")).isEqualTo("completed");

        assertThat(bench.database().value("SELECT text FROM messages WHERE id = ?", last)).isEqualTo("Said otherwise");
    }

    @Test
    @Landing
    void a_run_repairs_once_by_itself_before_it_ends() {
        var last = aLastMessage();
        // It is listed only once somebody has asked for it by its id.
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages")
                && requests("/v1/messages/" + last) == 0 ? without(last) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).contains(last);
        assertThat(bench.database().size("verifications")).isEqualTo(2);
        assertThat(bench.database().value("SELECT kind FROM discrepancies WHERE subject_id = ?", last)).isEqualTo("missing");
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages"));
    }

    @Test
    @Thorough
    void a_run_with_something_missing_that_a_repair_does_not_bring_fails_and_says_what() {
        var last = aLastMessage();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? without(last)
                : request.path().endsWith("/" + last) ? Fault.status(500) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).isEqualTo("1 activity is missing");
    }

    @Test
    void a_last_activity_that_no_list_shows_is_stored_from_its_id() {
        var last = aLastMessage();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? without(last) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).contains(last);
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages"));
        assertThat(run.number("total_messages")).isEqualTo(bench.database().size("messages"));
    }

    @Test
    @Landing
    void a_listing_that_comes_back_short_deletes_nothing_and_the_next_one_clears_the_mark() {
        var id = bench.importAll().uuid("id");
        var sizes = bench.database().sizes("conversations", "messages", "calls");
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations")
                && request.parameter("pageToken").isPresent() && request.parameter("updatedAfter").isEmpty()
                        ? Fault.changed(page -> {
                            ObjectNode empty = page.deepCopy();
                            empty.putNull("nextPageToken").putArray("data");
                            return empty;
                        })
                        : Fault.none());

        verify(id, "");

        var found = awaitVerdict(id);
        assertThat(found.status()).isEqualTo("clean");
        assertThat(found.named("absent conversation")).hasSizeGreaterThan(Bench.CONVERSATIONS - Bench.PAGE - 10);
        assertThat(bench.database().sizes("conversations", "messages", "calls")).isEqualTo(sizes);
        assertThat(bench.database().count("SELECT count(*) FROM conversations WHERE absent_since IS NOT NULL"))
                .isEqualTo(found.named("absent conversation").size());

        bench.openPhone().intercept(request -> Fault.none());
        verify(id, "");

        assertThat(awaitVerdict(id).named("absent conversation")).isEmpty();
        assertThat(bench.database().count("SELECT count(*) FROM conversations WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    @Landing
    void a_row_that_a_complete_reading_does_not_show_is_marked_absent_until_it_is_shown_again() {
        bench.importAll();
        var gone = aMessageThatIsNotTheLast();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? without(gone) : Fault.none());

        var second = bench.importAll();

        assertThat(second.text("status")).isEqualTo("completed");
        assertThat(verification(second.uuid("id")).named("absent message")).containsExactly("absent message " + gone);
        assertThat(bench.database().value("SELECT absent_since FROM messages WHERE id = ?", gone)).isNotNull();

        bench.openPhone().intercept(request -> Fault.none());
        var third = bench.importAll();

        assertThat(verification(third.uuid("id")).named("absent message")).isEmpty();
        assertThat(bench.database().value("SELECT absent_since FROM messages WHERE id = ?", gone)).isNull();
    }

    @Test
    @Landing
    void a_completed_run_is_announced_and_numbers_without_a_contact_are_handed_over() {
        var run = bench.importAll();
        bench.soon().until(
                () -> bench.database().count("SELECT count(*) FROM announcements WHERE run_id = ?", run.uuid("id")) == 1);

        var number = String
                .valueOf(bench.database().value("SELECT number FROM unknown_participants WHERE messages > 0 LIMIT 1"));
        var unknown = bench.database().row("SELECT * FROM unknown_participants WHERE number = ?", number);
        assertThat(unknown.number("messages")).isEqualTo(bench.database().count("""
                SELECT count(*) FROM messages JOIN conversations ON conversations.id = conversation_id
                WHERE ? = ANY(participants)
                """, number));
        bench.database().execute("INSERT INTO contacts (id, payload) VALUES ('known', '{}')");
        bench.database().execute("""
                INSERT INTO contact_phone_numbers (contact_id, position, value, number) VALUES ('known', 0, ?, ?)
                """, number, number);
        assertThat(bench.database().rows("SELECT * FROM unknown_participants WHERE number = ?", number)).isEmpty();
    }

    @Test
    @Landing
    void a_verification_whose_worker_died_goes_on_where_it_stood() {
        var id = bench.importAll().uuid("id");
        bench.openPhone().requests().reset();
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations")
                && request.parameter("pageToken").isPresent() ? new Fault.NoAnswer() : Fault.none());
        verify(id, "");
        bench.soon().until(() -> requests("/v1/conversations") >= 2);
        // As if it had died: nobody renews its lease, and when it comes back it is another's.
        bench.database().execute("UPDATE verifications SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp()"
                + " WHERE status = 'running'");
        bench.openPhone().requests().reset();
        bench.openPhone().intercept(request -> Fault.none());

        assertThat(awaitVerdict(id).status()).isEqualTo("clean");
        assertThat(bench.openPhone().requests().count(request -> request.path().equals("/v1/conversations")
                && !request.query().contains("pageToken") && !request.query().contains("updatedAfter"))).isZero();
    }

    @Test
    @Landing
    void a_run_that_is_active_cannot_be_verified_and_one_without_findings_not_repaired() {
        var id = bench.importAll().uuid("id");
        RestAssured.given().post("/api/runs/{id}/repair", id).then().statusCode(409);
        bench.database().execute("UPDATE import_runs SET status = 'paused' WHERE id = ?", id);
        RestAssured.given().post("/api/runs/{id}/verify", id).then().statusCode(409);
        RestAssured.given().body("{\"full\":1}").post("/api/runs/{id}/verify", id).then().statusCode(400);
        RestAssured.given().get("/api/runs/{id}/verification", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    @Landing
    void a_file_that_is_not_to_be_had_is_unavailable_and_one_that_only_a_cancelled_run_wanted_is_missing() {
        var id = bench.importAll().uuid("id");
        var files = bench.database().rows("SELECT storage_key, subject_id FROM media ORDER BY id LIMIT 2");
        bench.database().execute("UPDATE media SET status = 'failed', finding = 'Gone' WHERE storage_key = ?",
                files.getFirst().text("storage_key"));
        bench.database().execute("UPDATE media SET status = 'pending' WHERE storage_key = ?",
                files.getLast().text("storage_key"));
        bench.database().execute("DELETE FROM import_media WHERE subject_id = ?", files.getLast().text("subject_id"));

        verify(id, "");

        var found = awaitVerdict(id);
        assertThat(found.named("unavailable media"))
                .containsExactly("unavailable media " + files.getFirst().text("storage_key"));
        assertThat(found.named("missing")).containsExactly("missing media " + files.getLast().text("storage_key"));
    }

    @Test
    @Landing
    void a_run_that_is_cancelled_while_it_is_verified_is_verified_no_further_and_nothing_is_said_to_be_here() {
        bench.openPhone().intercept(request -> request.template().equals("/v1/messages/{id}")
                || request.template().equals("/v1/calls/{callId}") ? new Fault.NoAnswer() : Fault.none());
        var workspace = Bench.workspace(30);
        addCallOfSeveral(workspace);
        bench.openPhone().serve(workspace);
        var run = bench.start("{}");
        bench.soon().until(() -> bench.database().size("verifications WHERE stage = 'questions'") == 1);
        assertThat(bench.database().value("SELECT until FROM workspace_listed")).isNull();

        RestAssured.given().post("/api/runs/{id}/cancel", run).then().statusCode(200);

        bench.soon().until(() -> bench.database().size("verifications") == 0);
        assertThat(bench.database().value("SELECT until FROM workspace_listed")).isNull();
    }

    // OutageTest has an outage during a verification in every build.
    @Test
    @Tag("chaos")
    void an_openphone_that_is_away_is_asked_now_and_then() throws InterruptedException {
        var id = bench.importAll().uuid("id");
        bench.openPhone().intercept(request -> Fault.status(503));
        verify(id, "");
        bench.soon().until(() -> bench.database().size("import_events WHERE kind = 'wait'") > 0);

        Thread.sleep(2_000);

        assertThat(bench.database().size("import_events WHERE kind = 'wait'")).isLessThan(5);
        bench.openPhone().intercept(request -> Fault.none());
        assertThat(awaitVerdict(id).status()).isEqualTo("clean");
    }

    @Test
    @Landing
    void of_a_store_that_does_not_answer_no_file_is_missing_and_the_check_goes_on_where_it_stood() {
        var id = bench.importAll().uuid("id");
        var files = bench.database().rows("SELECT id, storage_key FROM media ORDER BY id LIMIT 2");
        files.forEach(file -> bench.files().delete(file.text("storage_key")));
        bench.files().unmount();
        try {
            verify(id, "");
            bench.soon().until(() -> bench.database().count("""
                    SELECT count(*) FROM import_events WHERE kind = 'wait' AND what LIKE 'The verification waits%not there'
                    """) > 0);
            assertThat(verification(id).all()).isEmpty();
            // As if it had got so far.
            bench.database().execute("UPDATE verifications SET checked_media = ?", files.getFirst().number("id"));
        } finally {
            bench.files().mount();
        }

        assertThat(awaitVerdict(id).named("missing")).containsExactly("missing media " + files.getLast().text("storage_key"));
    }

    @Test
    @Landing
    void a_store_that_does_not_answer_for_long_lets_the_verification_fail_and_still_no_file_is_missing() {
        var id = bench.importAll().uuid("id");
        bench.files().unmount();
        try {
            verify(id, "");
            bench.soon().until(() -> bench.database().size("import_events WHERE kind = 'wait'") > 0);
            bench.database().execute("UPDATE verifications SET attempts = 4 WHERE status = 'running'");

            assertThat(awaitVerdict(id).named("missing")).singleElement().asString().startsWith("missing verification ");
        } finally {
            bench.files().mount();
        }
    }

    private static void addCallOfSeveral(SampleWorkspace workspace) {
        var at = SampleWorkspace.END;
        var talk = workspace.threads().conversations().stream().filter(one -> one.participants().size() > 1).findFirst()
                .orElseThrow();
        var own = workspace.directory().numberEverKnown(talk.phoneNumberId()).orElseThrow();
        var parties = new ArrayList<>(talk.participants());
        parties.add(own.number());
        workspace.addCall(new SampleCall(null, null, null, "incoming", "missed", at, at, null, 0, null, null, null,
                "ACofseveral", talk.phoneNumberId(), parties, at, workspace.directory().owner().id()), talk.id());
    }

    private String aMessageThatIsNotTheLast() {
        var threads = bench.openPhone().workspace().threads();
        return threads.messages().stream().filter(message -> threads.conversations().stream()
                .noneMatch(conversation -> message.id().equals(conversation.lastActivityId()))).findFirst().orElseThrow().id();
    }

    private String aLastMessage() {
        var threads = bench.openPhone().workspace().threads();
        return threads.conversations().stream().map(conversation -> String.valueOf(conversation.lastActivityId()))
                .filter(id -> threads.message(id).isPresent()).findFirst().orElseThrow();
    }

    private static Fault without(String id) {
        return Fault.changed(page -> {
            ObjectNode changed = page.deepCopy();
            var rows = changed.putArray("data");
            page.path("data").forEach(row -> {
                if (!row.path("id").asText().equals(id)) {
                    rows.add(row);
                }
            });
            return changed;
        });
    }

    /** Returns what is to be found, as "missing message AC1". */
    private Set<String> plant(Plan plan) {
        var planted = new TreeSet<String>();
        remove(planted, "messages", "message", plan.messagesGone());
        remove(planted, "calls", "call", plan.callsGone());
        bench.database().rows("SELECT id FROM messages ORDER BY md5(id || 'changed') LIMIT " + plan.messagesChanged())
                .forEach(row -> {
                    bench.database().execute("UPDATE messages SET text = 'changed by somebody' WHERE id = ?", row.text("id"));
                    planted.add("different message " + row.text("id"));
                });
        bench.database().rows("SELECT id FROM conversations ORDER BY md5(id || 'gone') LIMIT " + plan.conversationsGone())
                .forEach(row -> {
                    bench.database().execute("DELETE FROM conversations WHERE id = ?", row.text("id"));
                    planted.add("missing conversation " + row.text("id"));
                });
        bench.database().rows("SELECT id FROM phone_numbers ORDER BY id LIMIT " + plan.numbersGone()).forEach(row -> {
            bench.database().execute("DELETE FROM phone_numbers WHERE id = ?", row.text("id"));
            planted.add("missing phone number " + row.text("id"));
        });
        bench.database().rows("SELECT id FROM conversations WHERE thread_key IS NOT NULL ORDER BY md5(id) LIMIT "
                + plan.messagesInvented())
                .forEach(row -> {
                    var id = "ACinvented" + planted.size();
                    bench.database().execute(
                            "INSERT INTO messages (id, conversation_id, text, payload) VALUES (?, ?, 'no', '{}')",
                            id, row.text("id"));
                    planted.add("absent message " + id);
                });
        lose(planted, plan);
        return planted;
    }

    private void lose(Set<String> planted, Plan plan) {
        var files = bench.database().rows("SELECT storage_key FROM media WHERE status = 'stored' ORDER BY md5(storage_key)");
        for (int i = 0; i < plan.filesGone() + plan.filesShortened(); i++) {
            var key = files.get(i).text("storage_key");
            if (i < plan.filesGone()) {
                bench.files().delete(key);
            } else {
                bench.files().shorten(key);
            }
            planted.add("missing media " + key);
        }
    }

    private void remove(Set<String> planted, String table, String subject, int count) {
        bench.database().rows("SELECT id FROM " + table + " ORDER BY md5(id) LIMIT " + count).forEach(row -> {
            bench.database().execute("DELETE FROM " + table + " WHERE id = ?", row.text("id"));
            planted.add("missing " + subject + " " + row.text("id"));
        });
    }

    private void assertEverythingIsAsItWas(Row run) {
        var workspace = bench.openPhone().workspace();
        var messages = new TreeSet<>(workspace.threads().messageIds());
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().rows("SELECT id FROM messages WHERE absent_since IS NULL").stream()
                .map(row -> row.text("id")).toList()).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(bench.database().ids("calls")).isEqualTo(new TreeSet<>(workspace.calls().ids()));
        assertThat(bench.database().size("phone_numbers")).isEqualTo(workspace.directory().phoneNumbers().size());
        assertThat(bench.database().count("SELECT count(*) FROM messages WHERE text = 'changed by somebody'")).isZero();
        assertThat(bench.database().count("SELECT count(*) FROM media WHERE status <> 'stored'")).isZero();
        bench.database().rows("SELECT storage_key, size FROM media").forEach(file -> assertThat(
                bench.files().bytes(file.text("storage_key"))).hasSize((int) file.number("size")));
        assertThat(run.number("processed_messages")).isEqualTo(messages.size());
        assertThat(run.number("processed_calls")).isEqualTo(bench.database().size("calls"));
        assertThat(run.number("processed_media")).isEqualTo(bench.database().size("media"));
        assertThat(run.number("total_media")).isEqualTo(bench.database().size("media"));
        assertThat(run.number("processed_conversations")).isEqualTo(bench.database().size("conversations"));
        assertThat(bench.database().count("SELECT count(*) FROM messages WHERE absent_since IS NOT NULL")).isEqualTo(3);
    }

    private int requests(String... paths) {
        return bench.openPhone().requests().count((LoggedRequest request) -> Set.of(paths).contains(request.path()));
    }

    private void verify(UUID run, String payload) {
        RestAssured.given().body(payload).post("/api/runs/{id}/verify", run).then().statusCode(200);
    }

    private Found awaitVerdict(UUID run) {
        bench.soon().atMost(Duration.ofSeconds(60)).until(() -> !verification(run).status().equals("running"));
        return verification(run);
    }

    private Found verification(UUID run) {
        var json = RestAssured.get("/api/runs/{id}/verification", run).then().statusCode(200).extract().jsonPath();
        List<Map<String, String>> discrepancies = json.getList("discrepancies");
        return new Found(json.getString("status"), json.getList("checks"), discrepancies.stream()
                .map(one -> one.get("kind") + " " + one.get("subject") + " " + one.get("id")).toList());
    }

    private record Found(String status, List<Map<String, Object>> checks, List<String> all) {

        List<String> named(String beginning) {
            return all.stream().filter(one -> one.startsWith(beginning + " ")).toList();
        }
    }
}
