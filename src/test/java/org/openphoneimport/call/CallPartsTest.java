package org.openphoneimport.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleMedia;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleSummary;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.document.SampleVoicemail;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.LoggedRequest;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What belongs to calls: recordings, voicemails, transcripts, summaries. */
@QuarkusTest
class CallPartsTest {

    private static final String TRANSCRIPTS = "/v1/call-transcripts/{id}";
    private static final String SUMMARIES = "/v1/call-summaries/{callId}";
    private static final String RECORDINGS = "/v1/call-recordings/{callId}";

    private final Bench bench = Bench.get();
    private final SampleWorkspace workspace = bench.workspace();

    @Inject
    Actions actions;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void everything_that_belongs_to_calls_is_stored() {
        assertEverythingIsStored();
    }

    private void assertEverythingIsStored() {
        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        var listed = workspace.calls().ids();
        var recordings = workspace.calls().recordings().entrySet().stream().filter(call -> listed.contains(call.getKey()))
                .flatMap(call -> call.getValue().stream()).toList();
        assertThat(bench.database().ids("call_recordings"))
                .isEqualTo(recordings.stream().map(SampleRecording::id).collect(Collectors.toCollection(TreeSet::new)))
                .isNotEmpty();
        var voicemails = new TreeMap<String, String>();
        workspace.calls().voicemails().forEach((call, voicemail) -> voicemails.put(call, voicemail.id()));
        voicemails.keySet().retainAll(listed);
        assertThat(stored("SELECT call_id AS key, id AS value FROM call_voicemails")).isEqualTo(voicemails).isNotEmpty();
        var transcripts = new TreeMap<String, String>();
        workspace.calls().transcripts().values().forEach(each -> transcripts.put(each.callId(), each.status()));
        var summaries = new TreeMap<String, String>();
        workspace.calls().summaries().values().forEach(each -> summaries.put(each.callId(), each.status()));
        List.of(transcripts, summaries).forEach(statuses -> {
            statuses.keySet().retainAll(listed);
            statuses.values().removeIf("absent"::equals);
        });
        assertThat(stored("SELECT call_id AS key, status AS value FROM call_transcripts")).isEqualTo(transcripts).isNotEmpty();
        assertThat(stored("SELECT call_id AS key, status AS value FROM call_summaries")).isEqualTo(summaries).isNotEmpty();
        assertThat(bench.database().size("media WHERE subject = 'recording'"))
                .isEqualTo(recordings.stream().filter(recording -> recording.url() != null).count());
        assertThat(run.number("total_media")).isEqualTo(bench.database().size("media"));
    }

    @Test
    @Landing
    void what_a_cancelled_run_had_still_to_ask_for_the_next_run_asks() {
        bench.importAll();
        long transcripts = bench.database().size("call_transcripts");
        bench.database().execute("UPDATE import_runs SET status = 'cancelled'");
        bench.database().execute("UPDATE call_parts SET status = 'pending', batch_id = NULL, asked_at = NULL");
        bench.database().execute("DELETE FROM call_transcripts");

        var run = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}"));

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().size("call_parts WHERE status = 'pending'")).isZero();
        assertThat(bench.database().size("call_transcripts")).isEqualTo(transcripts).isPositive();
    }

    @Test
    void what_a_cancelled_run_was_to_ask_again_stays_as_it_was_answered_unless_its_call_or_rows_have_changed() {
        var run = bench.importAll().uuid("id");
        var answered = statuses();
        var stored = bench.database().row("SELECT min(call_id) AS id FROM call_recordings").text("id");
        var moved = bench.database().row("""
                SELECT min(call_id) AS id FROM call_parts WHERE status = 'none' AND kind = 'voicemail'""").text("id");
        bench.database().execute("UPDATE call_parts SET status = 'pending'");
        bench.database().execute("DELETE FROM call_recordings WHERE call_id = ?", stored);
        bench.database().execute("UPDATE calls SET updated_at = now() WHERE id = ?", moved);
        bench.database().execute("UPDATE import_runs SET status = 'paused', completed_at = NULL WHERE id = ?", run);

        actions.cancel(run);

        var kept = statuses();
        answered.keySet().removeIf(part -> part.startsWith(moved) || part.equals(stored + " recordings"));
        assertThat(kept).containsAllEntriesOf(answered).containsEntry(stored + " recordings", "pending")
                .containsEntry(moved + " voicemail", "pending");
        assertThat(answered.values()).contains("none", "stored");
    }

    private Map<String, String> statuses() {
        var statuses = new TreeMap<String, String>();
        bench.database().rows("SELECT call_id || ' ' || kind AS part, status FROM call_parts")
                .forEach(row -> statuses.put(row.text("part"), row.text("status")));
        return statuses;
    }

    @Test
    @Landing
    void a_transcript_is_kept_line_by_line_with_seconds() {
        bench.importAll();

        var transcript = workspace.calls().transcripts().values().stream()
                .filter(each -> workspace.calls().ids().contains(each.callId()) && each.dialogue() != null).findFirst()
                .orElseThrow();
        var dialogue = Json.read(bench.database()
                .row("SELECT dialogue::text FROM call_transcripts WHERE call_id = ?", transcript.callId()).text("dialogue")
                .getBytes(StandardCharsets.UTF_8));
        var lines = Objects.requireNonNull(transcript.dialogue());
        assertThat(dialogue).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(dialogue.get(i).path("content").asText()).isEqualTo(lines.get(i).content());
            assertThat(dialogue.get(i).path("start").asDouble()).isEqualTo(lines.get(i).start());
            assertThat(dialogue.get(i).path("end").asDouble()).isEqualTo(lines.get(i).end());
            assertThat(dialogue.get(i).path("identifier").textValue()).isEqualTo(lines.get(i).identifier());
        }
    }

    @Test
    @Thorough
    void a_plan_without_transcripts_and_summaries_costs_a_few_refused_requests_a_run() {
        bench.openPhone().intercept(request -> request.template().equals(TRANSCRIPTS)
                || request.template().equals(SUMMARIES) ? Fault.status(403) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        // One call of each number that has any, up to ten.
        int probes = numbersWithCalls().size();
        assertThat(probes).isBetween(3, 10).isLessThan(workspace.calls().calls().size());
        assertThat(bench.openPhone().requests().countByTemplate()).containsEntry(TRANSCRIPTS, (long) probes)
                .containsEntry(SUMMARIES, (long) probes);
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE level = 'warning' AND subject = 'plan'"))
                .hasSize(2).allSatisfy(row -> assertThat(row.text("what")).startsWith("OpenPhone refused all ")
                        .contains(numbersWithCalls()).contains("the plan of this workspace may have none"));
        assertThat(bench.database().rows("SELECT subject_id FROM discrepancies WHERE kind = 'unavailable'"))
                .extracting(row -> row.text("subject_id")).containsAll(numbersWithCalls().stream()
                        .flatMap(number -> Stream.of("transcript on " + number, "summary on " + number)).toList());
        assertThat(bench.database().ids("call_recordings")).isNotEmpty();

        bench.openPhone().intercept(request -> Fault.none());
        bench.importAll();

        assertThat(bench.openPhone().requests().countByTemplate().get(TRANSCRIPTS))
                .isEqualTo(probes + workspace.calls().calls().size());
        assertThat(bench.database().size("call_transcripts")).isPositive();
    }

    @Test
    void a_retry_asks_again_for_what_was_refused_whichever_run_has_asked_for_it() {
        bench.openPhone().intercept(request -> request.template().equals(TRANSCRIPTS) ? Fault.status(403) : Fault.none());
        bench.importAll();
        var next = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}")).uuid("id");
        long refused = bench.database().size("call_parts WHERE status = 'refused'");
        assertThat(refused).isGreaterThan(3);
        bench.openPhone().requests().reset();

        retry(next);
        bench.openPhone().requests().reset();
        retry(next);

        int probes = bench.openPhone().requests().count(TRANSCRIPTS);
        assertThat((long) probes).as("still refused: some are asked for").isBetween(1L, refused - 1);
        assertThat(bench.database().size("call_parts WHERE status = 'refused'")).isEqualTo(refused);
        bench.openPhone().intercept(request -> Fault.none());

        retry(next);

        assertThat(bench.database().size("call_parts WHERE status = 'refused'")).isZero();
        assertThat(bench.database().size("call_transcripts")).isPositive();
        assertThat(bench.database().size("import_issues WHERE subject = 'plan' AND resolved_at IS NULL AND run_id = '"
                + next + "'")).isZero();
    }

    private void retry(UUID run) {
        RestAssured.given().post("/api/runs/{id}/retry", run).then().statusCode(200);
        assertThat(bench.awaitEnd(run).text("status")).isEqualTo("completed");
    }

    @Test
    @Landing
    void a_refusal_of_one_call_says_nothing_about_others() {
        var refused = answeredCall();
        bench.openPhone().intercept(request -> request.path().endsWith("call-transcripts/" + refused.id()) ? Fault.status(403)
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(stored("SELECT call_id AS key, kind AS value FROM call_parts WHERE status = 'refused'"))
                .isEqualTo(Map.of(refused.id(), "transcript"));
        assertThat(bench.openPhone().requests().count(TRANSCRIPTS)).isEqualTo(workspace.calls().calls().size());
        assertThat(bench.database().row("SELECT * FROM import_issues WHERE level = 'warning'").text("what"))
                .startsWith("OpenPhone refuses transcripts of calls on this number, such as " + refused.id());
        assertThat(bench.database().row("SELECT * FROM discrepancies WHERE subject = 'call part' AND kind = 'unavailable'")
                .text("finding"))
                .isEqualTo("OpenPhone refuses it. Calls on this number: 1 refused, 0 not asked for");
    }

    @Test
    void recordings_that_are_refused_are_named_and_asked_for_of_every_call_since_every_plan_has_them() {
        var special = answeredCall().id();
        bench.openPhone().intercept(request -> !request.template().equals(RECORDINGS) ? Fault.none()
                : Fault.status(request.path().endsWith(special) ? 400 : 403));

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().count(RECORDINGS)).isEqualTo(workspace.calls().calls().size());
        assertThat(bench.database().size("call_parts WHERE kind = 'recordings' AND status <> 'refused'")).isZero();
        assertThat(bench.database().rows("SELECT DISTINCT kind FROM workspace_gaps WHERE reason LIKE 'recordings of calls%'"))
                .extracting(row -> row.text("kind")).containsExactly("unavailable");
    }

    @Test
    @Landing
    void numbers_that_refuse_say_nothing_about_a_number_that_does_not() {
        var open = numbersWithCalls().getLast();
        var calls = workspace.calls().calls().stream().collect(Collectors.toMap(SampleCall::id, SampleCall::phoneNumberId));
        bench.openPhone().intercept(request -> request.template().equals(TRANSCRIPTS)
                && !open.equals(calls.get(request.path().substring(request.path().lastIndexOf('/') + 1))) ? Fault.status(403)
                        : Fault.none());

        bench.importAll();

        assertThat(bench.openPhone().requests().count(TRANSCRIPTS)).isEqualTo(workspace.calls().calls().size());
        assertThat(bench.database().rows("SELECT * FROM import_issues WHERE subject = 'plan'")).isEmpty();
        assertThat(bench.database().rows("SELECT subject_id FROM import_issues WHERE subject = 'phone number'"))
                .extracting(row -> row.text("subject_id"))
                .containsExactlyInAnyOrderElementsOf(numbersWithCalls().stream().filter(id -> !id.equals(open)).toList());
    }

    @Test
    void three_calls_have_to_be_refused_where_there_is_one_number_only() {
        var small = Bench.workspace(25);
        List.of("completed", "busy", "failed", "missed", "answered", "forwarded").forEach(status -> addCall(small, status));
        var number = small.calls().call("ACcompleted").orElseThrow().phoneNumberId();
        bench.openPhone().serve(small);
        bench.openPhone().intercept(request -> request.template().equals(TRANSCRIPTS) ? Fault.status(403)
                : request.path().equals("/v1/calls") && !request.parameter("phoneNumberId").orElse("").equals(number)
                        ? Fault.answer(Reply.json(200, Map.of("data", List.of())))
                        : Fault.none());

        bench.importAll();

        // The verification was given calls on other numbers by their ids; their parts are asked for later.
        assertThat(bench.openPhone().requests().count(request -> request.template().equals(TRANSCRIPTS)
                && small.calls().call(request.path().substring(request.path().lastIndexOf('/') + 1)).orElseThrow()
                        .phoneNumberId().equals(number)))
                .isEqualTo(3);
        assertThat(bench.database().size("call_parts WHERE kind = 'transcript' AND status = 'refused'"))
                .isGreaterThanOrEqualTo(6);
    }

    private List<String> numbersWithCalls() {
        return workspace.calls().calls().stream().map(SampleCall::phoneNumberId).distinct().sorted().toList();
    }

    @Test
    @Landing
    void a_404_that_is_not_openphones_is_waited_for_and_proves_nothing() {
        bench.openPhone().intercept(request -> request.attempt() <= 2 && request.template().startsWith("/v1/call-")
                ? Fault.answer(Reply.html(404, "<html><body><h1>404 Not Found</h1>nginx</body></html>"))
                : Fault.none());

        assertEverythingIsStored();

        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    @Landing
    void a_part_that_something_before_openphone_always_refuses_is_an_error_of_its_call() {
        var bad = answeredCall();
        bench.openPhone().intercept(request -> request.path().endsWith("call-summaries/" + bad.id())
                ? Fault.answer(Reply.json(404, Map.of("message", "no Route matched with those values")))
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("reason")).isEqualTo("1 call part could not be read");
        assertThat(bench.database().row("SELECT * FROM import_issues WHERE level = 'error'").text("what"))
                .startsWith("Something between us and OpenPhone refuses GET /v1/call-summaries/" + bad.id());
        assertThat(stored("SELECT kind AS key, status AS value FROM call_parts WHERE status = 'failed'"))
                .isEqualTo(Map.of("summary", "failed"));
    }

    @Test
    @Thorough
    void a_part_that_cannot_be_had_is_an_error_of_its_call_and_a_retry_brings_just_that() {
        var bad = answeredCall();
        bench.openPhone().intercept(request -> request.path().endsWith("call-recordings/" + bad.id()) ? Fault.status(500)
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).isEqualTo("1 call part could not be read");
        var issue = bench.database().row("SELECT * FROM import_issues WHERE level = 'error'");
        assertThat(issue.text("subject_id")).isEqualTo(bad.id());
        assertThat(issue.text("request")).isEqualTo("GET /v1/call-recordings/" + bad.id());
        assertThat(stored("SELECT kind AS key, status AS value FROM call_parts WHERE status = 'failed'"))
                .isEqualTo(Map.of("recordings", "failed"));

        bench.openPhone().intercept(request -> Fault.none());
        bench.openPhone().requests().reset();
        actions.retry(run.uuid("id"));

        assertThat(bench.awaitEnd(run.uuid("id")).text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().count(request -> request.path().startsWith("/v1/call-"))).isEqualTo(1);
        assertThat(bench.openPhone().requests().count(RECORDINGS)).isEqualTo(1);
        assertThat(bench.database().size("import_issues WHERE level = 'error' AND resolved_at IS NULL")).isZero();
    }

    @Test
    @Landing
    void a_part_that_is_in_progress_holds_up_nothing_and_is_asked_for_again() {
        var changing = Bench.workspace(25);
        var call = changing.calls().calls().stream().filter(SampleCall::answered).findFirst().orElseThrow();
        changing.calls().put(new SampleTranscript(call.id(), call.createdAt(), null, 1, "in-progress"));
        bench.openPhone().serve(changing);

        assertThat(bench.importAll().text("status")).isEqualTo("completed");
        assertThat(transcriptOf(call)).isEqualTo("in-progress");

        changing.calls().put(new SampleTranscript(call.id(), call.createdAt(),
                List.of(new SampleTranscript.Line("Hello", 0, 1.5, null, null)), 2, "completed"));
        bench.database().execute("UPDATE call_parts SET due_at = clock_timestamp() WHERE call_id = ?", call.id());

        bench.soon().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(transcriptOf(call)).isEqualTo("completed"));
        assertThat(stored("SELECT kind AS key, status AS value FROM call_parts WHERE kind = 'transcript' AND call_id = '"
                + call.id() + "'")).isEqualTo(Map.of("transcript", "stored"));
    }

    @ParameterizedTest
    @Landing
    @ValueSource(booleans = { false, true })
    void parts_that_are_empty_and_have_no_state_are_waited_for_and_never_called_stored(boolean dated) {
        var call = answeredCall();
        bench.openPhone().intercept(request -> !request.path().contains(call.id()) && !request.path().equals("/calls")
                ? Fault.none()
                : Fault.changed(answer -> emptied(answer, call.id())));

        var run = dated ? bench.importAllDated() : bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(stored("SELECT kind AS key, status AS value FROM call_parts WHERE call_id = '" + call.id() + "'"))
                .containsEntry("recordings", "waiting").containsEntry("transcript", "waiting")
                .containsEntry("summary", "waiting");

        bench.database().execute("""
                UPDATE call_parts SET due_at = clock_timestamp(), first_asked_at = clock_timestamp() - interval '3 days'
                WHERE status = 'waiting'
                """);
        bench.soon().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                stored("SELECT kind AS key, status AS value FROM call_parts WHERE call_id = '" + call.id() + "'"))
                .containsEntry("recordings", "unfinished").containsEntry("transcript", "unfinished")
                .containsEntry("summary", "unfinished"));
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE subject_id = ?", call.id()))
                .extracting(row -> row.text("what")).contains("For two days OpenPhone has not finished something of this call; "
                        + "the next run that reads the call asks again");
    }

    /** What OpenPhone has of that call, with nothing in it and no status. */
    private static JsonNode emptied(JsonNode answer, String call) {
        var documents = answer.path("data").isArray() ? answer.path("data") : List.of(answer.path("data"));
        documents.forEach(document -> {
            if (document.path("id").asText().equals(call)) {
                ((ObjectNode) document).putObject("summary");
            } else if (document instanceof ObjectNode part && !part.has("participants")) {
                part.retain("id", "callId", "recordingId");
            }
        });
        return answer;
    }

    @Test
    @Thorough
    void what_was_asked_for_too_soon_after_a_call_is_asked_for_again_by_the_next_run() {
        var changing = Bench.workspace(25);
        var now = Instant.now().minusSeconds(3600);
        addCallWithoutParts(changing, now);
        bench.openPhone().serve(changing);

        bench.importAll();
        assertThat(bench.database().size("call_transcripts WHERE call_id = 'ACrecent'")).isZero();
        changing.calls().put(new SampleTranscript("ACrecent", now, List.of(), 60, "completed"));
        bench.openPhone().requests().reset();
        bench.importAll();

        assertThat(bench.database().size("call_transcripts WHERE call_id = 'ACrecent'")).isEqualTo(1);
        // None of the old calls.
        assertThat(bench.openPhone().requests().all().stream().filter(request -> request.path().startsWith("/v1/call-"))
                .map(LoggedRequest::path)).containsExactlyInAnyOrder("/v1/call-recordings/ACrecent",
                        "/v1/call-transcripts/ACrecent", "/v1/call-summaries/ACrecent", "/v1/call-voicemails/ACrecent");
    }

    @Test
    @Landing
    void what_comes_minutes_after_a_call_is_stored_without_another_run() {
        var changing = Bench.workspace(25);
        var now = Instant.now().minusSeconds(120);
        addCallWithoutParts(changing, now);
        bench.openPhone().serve(changing);
        assertThat(bench.importAll().text("status")).isEqualTo("completed");
        assertThat(bench.database().size("workspace_gaps WHERE kind = 'waiting'")).isZero();

        changing.calls().put(new SampleTranscript("ACrecent", now, List.of(), 60, "completed"));
        bench.database().execute("UPDATE call_parts SET due_at = clock_timestamp() WHERE due_at IS NOT NULL");

        bench.soon().until(() -> bench.database().size("call_transcripts WHERE call_id = 'ACrecent'") == 1);
        assertThat(stored("SELECT kind AS key, status AS value FROM call_parts WHERE call_id = 'ACrecent'"))
                .containsEntry("transcript", "stored").containsEntry("summary", "none");
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void everything_is_asked_for_each_call_that_has_ended_whatever_became_of_it(boolean dated) {
        var changing = Bench.workspace(20);
        var statuses = List.of("completed", "busy", "failed", "no-answer", "canceled", "missed", "answered", "forwarded",
                "abandoned", "transferred");
        statuses.forEach(status -> addCall(changing, status));
        addCall(changing, "ringing");
        addCall(changing, "OfAgent", "completed", "ai-agent");
        bench.openPhone().serve(changing);

        assertThat((dated ? bench.importAllDated() : bench.importAll()).text("status")).isEqualTo("completed");

        for (var status : Stream.concat(statuses.stream(), Stream.of("OfAgent")).toList()) {
            assertThat(stored("SELECT kind AS key, status AS value FROM call_parts WHERE call_id = 'AC" + status + "'"))
                    .as(status).isEqualTo(Map.of("recordings", "stored", "transcript", "stored", "summary", "stored",
                            "voicemail", "stored"));
            assertThat(bench.database().size("call_voicemails WHERE call_id = 'AC" + status + "'")).isEqualTo(1);
        }
        assertThat(bench.database().size("call_parts WHERE call_id = 'ACringing'")).isZero();
        // The list of the dated API has told what there is of summaries and voicemails.
        assertThat(bench.openPhone().requests().count("/calls/{callId}")).isZero();
    }

    @Test
    @Landing
    void what_an_older_version_never_asked_for_is_asked_for_by_the_next_run() {
        bench.importAll();
        var before = stored("SELECT call_id || kind AS key, status AS value FROM call_parts");
        bench.database().execute("DELETE FROM call_parts WHERE kind = 'voicemail'");
        bench.database().execute("DELETE FROM call_voicemails");

        bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}"));

        assertThat(stored("SELECT call_id || kind AS key, status AS value FROM call_parts")).isEqualTo(before);
        assertThat(bench.database().size("call_voicemails")).isPositive();
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(strings = { "v1", "2026-03-30" })
    void what_stands_under_two_calls_is_kept_for_both_and_fetched_for_both(String api) {
        var shared = Bench.anotherWorkspace();
        var calls = shared.calls().calls().stream().sorted(Comparator.comparing(SampleCall::id)).toList();
        var answered = calls.stream().filter(SampleCall::answered).limit(2).toList();
        var missed = calls.stream().filter(call -> shared.calls().voicemails().containsKey(call.id())).limit(2).toList();
        for (int i = 0; i < 2; i++) {
            shared.calls().putRecordings(answered.get(i).id(), List.of(new SampleRecording(60, "CRshared", null, "completed",
                    "audio/mpeg", SampleMedia.ORIGIN + "/static/recordings/r" + i + ".mp3")));
            shared.calls().put(missed.get(i).id(), new SampleVoicemail(60, "VMshared", "Hello",
                    SampleMedia.ORIGIN + "/static/voicemails/v" + i + ".mp3", "completed"));
        }
        bench.openPhone().serve(shared);
        // Each URL has expired and is asked for again, by its call.
        bench.openPhone().interceptMedia(request -> request.attempt() == 1 && request.path().matches(".*/[rv][01]\\.mp3")
                ? Fault.status(400)
                : Fault.none());

        var first = api.equals("v1") ? bench.importAll() : bench.importAllDated();
        var second = api.equals("v1") ? bench.importAll() : bench.importAllDated();

        for (var run : List.of(first, second)) {
            assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        }
        assertThat(bench.database().rows("SELECT call_id FROM call_recordings WHERE id = 'CRshared'"))
                .extracting(row -> row.text("call_id"))
                .containsExactlyInAnyOrder(answered.getFirst().id(), answered.getLast().id());
        assertThat(bench.database().rows("SELECT call_id FROM call_voicemails WHERE id = 'VMshared'"))
                .extracting(row -> row.text("call_id"))
                .containsExactlyInAnyOrder(missed.getFirst().id(), missed.getLast().id());
        var files = bench.database().rows("""
                SELECT media.url, media.storage_key FROM media JOIN media_urls USING (subject, subject_id, position, url)
                WHERE subject_id IN ('CRshared', 'VMshared') AND media.status = 'stored'""");
        assertThat(files).hasSize(4).allSatisfy(file -> assertThat(bench.files().bytes(file.text("storage_key")))
                .isEqualTo(SampleMedia.bytes(file.text("url"))));
        assertThat(bench.files().keys()).contains("recording/CRshared/0", "recording/CRshared/1", "voicemail/VMshared/0",
                "voicemail/VMshared/1");
        assertThat(bench.database().rows("SELECT status FROM verifications")).extracting(row -> row.text("status"))
                .containsOnly("clean");
        assertThat(bench.database().count("SELECT sum(media) FROM conversation_overview")).isEqualTo(
                bench.database().size("media WHERE subject <> 'note'"));
    }

    /** A completed call of a minute, ACrecent. */
    private static void addCallWithoutParts(SampleWorkspace workspace, Instant at) {
        var conversation = workspace.threads().conversations().stream().filter(each -> each.participants().size() == 1)
                .filter(each -> workspace.directory().phoneNumbers().stream().anyMatch(own -> own.id().equals(
                        each.phoneNumberId())))
                .findFirst().orElseThrow();
        var own = workspace.directory().numberEverKnown(conversation.phoneNumberId()).orElseThrow();
        workspace.addCall(new SampleCall(at, own.users().getFirst().id(), null, "incoming", "completed", at, at, null, 60,
                null, null, null, "ACrecent", own.id(), List.of(conversation.participants().getFirst(), own.number()), at,
                own.users().getFirst().id()), conversation.id());
    }

    /** One an hour ago, with all that can belong to a call. */
    private static void addCall(SampleWorkspace workspace, String status) {
        addCall(workspace, status, status, null);
    }

    private static void addCall(SampleWorkspace workspace, String name, String status, @Nullable String aiHandled) {
        var known = workspace.calls().calls().stream().filter(SampleCall::answered).findFirst().orElseThrow();
        var conversation = workspace.threads().conversations().stream()
                .filter(each -> each.phoneNumberId().equals(known.phoneNumberId()) && each.participants().size() == 1
                        && known.participants().contains(each.participants().getFirst()))
                .findFirst().orElseThrow();
        var id = "AC" + name;
        var at = Instant.now().minusSeconds(3600);
        workspace.addCall(new SampleCall(null, null, null, "outgoing", status, null, at, null, 0, null, null, aiHandled, id,
                known.phoneNumberId(), known.participants(), null, known.userId()), conversation.id());
        workspace.calls().putRecordings(id,
                List.of(new SampleRecording(1, "CR" + name, at, "completed", "audio/mpeg",
                        SampleMedia.ORIGIN + "/static/recordings/CR" + name + ".mp3")));
        workspace.calls().put(id, new SampleVoicemail(1, "VM" + name, "Hello",
                SampleMedia.ORIGIN + "/static/voicemails/VM" + name + ".mp3", "completed"));
        workspace.calls().put(new SampleTranscript(id, at, List.of(new SampleTranscript.Line("Hello", 0, 1, null, null)), 1,
                "completed"));
        workspace.calls().put(new SampleSummary(id, List.of(), "completed", List.of("Hello"), null));
    }

    private SampleCall answeredCall() {
        return workspace.calls().calls().stream().filter(SampleCall::answered).min(Comparator.comparing(SampleCall::id))
                .orElseThrow();
    }

    private String transcriptOf(SampleCall call) {
        return bench.database().row("SELECT status FROM call_transcripts WHERE call_id = ?", call.id()).text("status");
    }

    private Map<String, String> stored(String sql) {
        var stored = new TreeMap<String, String>();
        bench.database().rows(sql).forEach(row -> stored.put(row.text("key"), row.text("value")));
        return stored;
    }
}
