package org.openphoneimport.imports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link TroubleTest} does to an import through v1, done to one through the API of 2026-03-30. */
@Thorough // The same kinds of trouble as TroubleTest's: each build has those.
@QuarkusTest
class DatedTroubleTest {

    private final Bench bench = Bench.get();
    private final SampleWorkspace workspace = bench.workspace();

    @Inject
    Actions actions;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void a_slice_that_is_never_answered_is_an_error_and_a_retry_brings_just_that() {
        bench.openPhone().intercept(request -> isOldest(request) ? Fault.html() : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("conversations could not be read", "1 time range could not be read");
        assertThat(run.number("processed_conversations"))
                .isEqualTo(bench.database().size("import_conversations WHERE status = 'done'")).isPositive();
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages")).isPositive();
        var issue = bench.database().row("SELECT * FROM import_issues WHERE level = 'error'");
        assertThat(issue.text("subject")).isEqualTo("slice");
        assertThat(issue.text("subject_id")).startsWith("../20");
        assertThat(issue.text("request")).startsWith("GET /messages?createdAt%5Bgt%5D=1900-01-01");
        // Four deliveries of five requests each.
        assertThat(bench.openPhone().requests().count(request -> isOldest(request.path(), request.query()))).isEqualTo(20);

        bench.openPhone().intercept(request -> Fault.none());
        bench.openPhone().requests().reset();
        actions.retry(run.uuid("id"));
        var retried = bench.awaitEnd(run.uuid("id"));

        assertEverythingIsStored(retried);
        assertThat(bench.openPhone().requests().countByTemplate()).doesNotContainKeys("/v1/messages", "/v1/calls",
                "/v1/users", "/users", "/contacts");
        assertThat(bench.database().size("import_issues WHERE resolved_at IS NULL AND level = 'error'")).isZero();
    }

    @Test
    void what_the_other_api_has_of_a_slice_that_is_never_answered_comes_from_there() {
        bench.openPhone().intercept(request -> isOldest(request) ? Fault.html() : Fault.none());

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("1 time range could not be read");
        var ofV1 = workspace.threads().conversations().stream().filter(one -> one.participants().stream()
                .allMatch(party -> party.startsWith("+"))).map(SampleConversation::id).toList();
        assertThat(bench.database().ids("messages")).containsAll(workspace.threads().messages().stream()
                .filter(message -> ofV1.contains(message.conversationId())).map(SampleMessage::id).toList());
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages")).isPositive();
        assertThat(bench.openPhone().requests().count("/v1/messages")).isPositive();

        bench.openPhone().intercept(request -> Fault.none());
        actions.retry(run.uuid("id"));

        assertEverythingIsStored(bench.awaitEnd(run.uuid("id")));
    }

    @Test
    void what_a_slice_could_not_be_read_of_is_no_sign_that_the_apis_disagree() {
        var older = Bench.anotherWorkspace();
        bench.openPhone().serve(older);
        var newest = older.threads().conversations().stream().filter(one -> one.participants().size() == 1)
                .max(Comparator.comparing(SampleConversation::createdAt)).orElseThrow();
        older.addMessage("AColder", newest.id(), "Before its conversation began", older.threads().messages().stream()
                .map(SampleMessage::createdAt).min(Instant::compareTo).orElseThrow());
        bench.openPhone().intercept(request -> isOldest(request) ? Fault.html() : Fault.none());

        var run = bench.importAllThroughEither();

        assertThat(run.text("reason")).contains("1 time range could not be read");
        assertThat(bench.database().ids("messages")).contains("AColder");
        assertThat(run.get("disagreed_at")).isNull();
    }

    @Test
    void a_slice_that_is_refused_is_an_error_that_can_be_tried_again_alone() {
        bench.openPhone().intercept(request -> isOldest(request) ? Fault.status(403) : Fault.none());
        var run = bench.importAllDated();
        assertThat(run.text("status")).isEqualTo("failed");
        bench.openPhone().intercept(request -> Fault.none());

        actions.retryIssue(run.uuid("id"),
                bench.database().count("SELECT id FROM import_issues WHERE subject = 'slice' AND level = 'error'"));

        assertEverythingIsStored(bench.awaitEnd(run.uuid("id")));
    }

    @Test
    void messages_are_kept_of_a_slice_whose_calls_are_refused() {
        bench.openPhone().intercept(request -> request.path().equals("/calls") && !request.parameter("limit").orElse("")
                .equals("1") ? Fault.status(403) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("time ranges could not be read");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().rows("SELECT DISTINCT stage FROM import_issues WHERE level = 'error'"))
                .extracting(row -> row.text("stage")).containsExactly("calls");
    }

    @Test
    void after_a_run_that_could_not_read_a_slice_the_next_one_tries_the_api_before_it_counts_on_it() {
        bench.importAllThroughEither();
        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.status(403) : Fault.none());
        assertThat(bench.reconcileThroughEither().text("status")).isEqualTo("failed");

        var run = bench.reconcileThroughEither();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
    }

    @Test
    void a_retry_after_a_later_run_counts_what_both_have_received() {
        bench.openPhone().intercept(request -> isOldest(request) ? Fault.status(403) : Fault.none());
        var run = bench.importAllDated();
        bench.openPhone().intercept(request -> Fault.none());
        assertEverythingIsStored(bench.importAllDated());

        actions.retry(run.uuid("id"));

        assertEverythingIsStored(bench.awaitEnd(run.uuid("id")));
    }

    @Test
    void an_empty_page_that_comes_with_an_error_is_not_the_end() {
        bench.openPhone().intercept(request -> request.attempt() == 1 && !request.template().equals("/v1/phone-numbers")
                ? Fault.answer(Reply.of(500, "application/json",
                        "{\"data\":[],\"nextCursor\":null}".getBytes(StandardCharsets.UTF_8)))
                : Fault.none());

        assertEverythingIsStored(bench.importAllDated());
    }

    @Test
    void answers_that_are_cut_off_or_no_json_now_and_then_change_nothing() {
        var faults = List.of(Fault.truncated(), Fault.cut(), Fault.html(), Fault.status(502), new Fault.Cut(0));
        bench.openPhone().intercept(request -> request.attempt() == 1 && !request.template().equals("/v1/phone-numbers")
                && Math.floorMod(request.query().hashCode(), 2) == 0
                        ? faults.get(Math.floorMod(request.query().hashCode() / 2, faults.size()))
                        : Fault.none());

        assertEverythingIsStored(bench.importAllDated());
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    void a_cursor_that_is_refused_makes_its_slice_go_on_where_it_stood() {
        var refused = ConcurrentHashMap.<String> newKeySet();
        bench.openPhone().intercept(request -> request.parameter("after").isPresent()
                && refused.add(request.path() + request.parameter("createdAt[gt]").orElse("")) ? Fault.status(400)
                        : Fault.none());

        var run = bench.importAllDated();

        assertEverythingIsStored(run);
        assertThat(refused).hasSizeGreaterThanOrEqualTo(4);
        assertThat(bench.openPhone().requests().countStatus(400)).isEqualTo(refused.size());
    }

    @Test
    void cursors_of_messages_and_calls_that_are_always_refused_cost_requests_and_lose_nothing() {
        bench.openPhone().intercept(request -> request.parameter("after").isPresent()
                && !request.path().equals("/conversations") ? Fault.status(400) : Fault.none());

        assertEverythingIsStored(bench.importAllDated());
    }

    @Test
    void a_key_that_is_refused_in_the_middle_pauses_the_run_until_somebody_resumes_it() {
        bench.openPhone().intercept(request -> request.path().equals("/messages") && request.parameter("after").isPresent()
                ? Fault.status(401)
                : Fault.none());
        var id = bench.startDated();

        bench.soon().until(() -> bench.run(id).text("status").equals("paused"));
        assertThat(bench.run(id).text("reason")).startsWith("OpenPhone answered 401 to GET /messages");
        bench.soon().until(() -> bench.database().size("import_batches WHERE lease_owner IS NOT NULL") == 0);
        assertThat(bench.database().size("import_batches WHERE slice_place IS NOT NULL")).isPositive();
        bench.openPhone().intercept(request -> Fault.none());
        actions.resume(id);

        assertEverythingIsStored(bench.awaitEnd(id));
        assertThat(bench.database().count("SELECT max(attempts) FROM import_batches")).isZero();
    }

    @Test
    void refusals_for_the_rate_cost_one_repetition_each_and_nothing_else() {
        bench.openPhone().intercept(request -> request.attempt() == 1 && !request.template().equals("/v1/phone-numbers")
                && Math.floorMod(request.query().hashCode(), 10) == 0
                        ? Fault.answer(Reply.json(429, Map.of("message", "Too Many Requests")).header("Retry-After", "0"))
                        : Fault.none());

        assertEverythingIsStored(bench.importAllDated());
        assertThat(bench.openPhone().requests().countStatus(429)).isPositive();
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    void an_openphone_that_does_not_answer_for_any_messages_for_a_while_is_waited_for() {
        var end = Instant.now().plusSeconds(6);
        var away = new AtomicBoolean();
        bench.openPhone().intercept(request -> {
            // Not before it was found out that messages can be had.
            if (request.path().equals("/messages") && !request.parameter("limit").orElse("").equals("1")) {
                away.set(Instant.now().isBefore(end));
            }
            return request.path().equals("/messages") && away.get() ? Fault.status(503) : Fault.none();
        });

        assertEverythingIsStored(bench.importAllDated());
        assertThat(bench.database().rows("SELECT what FROM import_events WHERE kind = 'wait'")).isNotEmpty();
    }

    @Test
    void a_record_that_comes_twice_is_imported_once() {
        bench.openPhone().intercept(request -> request.path().equals("/messages")
                ? Fault.delayed(Duration.ofMillis(20))
                : Fault.none());
        var id = bench.startDated();
        bench.soon().until(() -> bench.database().size("import_batches WHERE sent_at IS NOT NULL") > 3);
        var queues = bench.queues();
        bench.database().rows("SELECT id FROM import_batches").forEach(batch -> queues.sqs().sendMessage(
                request -> request.queueUrl(queues.importUrl()).messageBody("{\"runId\":\"%s\",\"batchId\":\"%s\"}"
                        .formatted(id, batch.text("id")))));

        assertEverythingIsStored(bench.awaitEnd(id));
        bench.soon().untilAsserted(() -> assertThat(queues.size(queues.importUrl())).isZero());
    }

    @Test
    void slices_whose_worker_died_are_imported_by_another_and_counted_once() {
        bench.openPhone().intercept(request -> request.path().equals("/messages")
                ? Fault.delayed(Duration.ofMillis(20))
                : Fault.none());
        var id = bench.startDated();
        bench.soon().until(() -> bench.run(id).number("processed_messages") > 0);
        // As if all workers had lost their leases at once: others take the slices, these find out when they store.
        bench.database().execute(
                """
                        UPDATE import_batches SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp() - interval '1 second',
                            sent_at = clock_timestamp() - interval '1 hour' WHERE status = 'running'
                        """);

        assertEverythingIsStored(bench.awaitEnd(id));
    }

    private void assertEverythingIsStored(Row run) {
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).as(run.text("warnings")).isEqualTo("2026-03-30");
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().ids("calls")).containsAll(workspace.calls().ids());
        for (var counted : List.of("conversations", "messages", "calls")) {
            assertThat(run.number("processed_" + counted)).as(counted).isEqualTo(bench.database().size(counted));
        }
    }

    private static boolean isOldest(SampleRequest request) {
        return isOldest(request.path(), request.query());
    }

    /** The slice whose beginning is open; its end is not, other than that of the question whether all this can be asked. */
    private static boolean isOldest(String path, String query) {
        return path.equals("/messages") && query.contains("1900-01-01") && !query.contains("2100-01-01");
    }
}
