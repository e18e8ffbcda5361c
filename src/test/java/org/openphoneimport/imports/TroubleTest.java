package org.openphoneimport.imports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.LoggedRequest;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.RequestsNeeded;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** OpenPhone fails in all its ways; what can be imported is imported exactly, and what is missing is named. */
@QuarkusTest
class TroubleTest {

    private final Bench bench = Bench.get();
    private final SampleWorkspace workspace = bench.workspace();

    @Inject
    Actions actions;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void a_conversation_that_is_never_answered_is_an_error_and_a_retry_brings_just_that() {
        var bad = oneToOne();
        bench.openPhone().intercept(request -> isOf(bad, request, "/v1/messages") ? Fault.html() : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("1 conversation could not be read");
        var here = new TreeSet<>(messagesWithout(bad));
        // What the verification was given by its id is stored.
        here.add(bad.lastActivityId());
        here.retainAll(workspace.threads().messageIds());
        assertThat(bench.database().ids("messages")).isEqualTo(here);
        assertThat(run.number("processed_conversations")).isEqualTo(workspace.threads().conversations().size() - 1);
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages"));
        var issue = bench.database().row("SELECT * FROM import_issues WHERE level = 'error'");
        assertThat(issue.text("subject_id")).isEqualTo(bad.id());
        assertThat(issue.text("request")).startsWith("GET /v1/messages?phoneNumberId=" + bad.phoneNumberId());
        assertThat(issue.text("what")).contains("something that is not JSON");
        // Four deliveries of five requests each.
        assertThat(countOf(bad, "/v1/messages")).isEqualTo(20);

        bench.openPhone().intercept(request -> Fault.none());
        bench.openPhone().requests().reset();
        actions.retry(run.uuid("id"));
        var retried = bench.awaitEnd(run.uuid("id"));

        assertThat(retried.text("status")).isEqualTo("completed");
        assertEverythingIsStored(retried);
        assertThat(bench.openPhone().requests().countByTemplate())
                .containsAllEntriesOf(Map.of("/v1/messages", 1L, "/v1/calls", 1L));
        assertThat(bench.database().size("import_issues WHERE resolved_at IS NULL AND level = 'error'")).isZero();
    }

    @Test
    @Landing
    void conversations_of_a_number_for_which_openphone_always_fails_are_errors_and_all_others_are_imported() {
        var bad = oneToOne().phoneNumberId();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages")
                && request.parameter("phoneNumberId").orElse("").equals(bad) ? Fault.status(500) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(bench.database().rows("SELECT conversation_id FROM import_conversations WHERE status = 'failed'"))
                .extracting(row -> row.text("conversation_id"))
                .containsExactlyInAnyOrderElementsOf(workspace.threads().conversations().stream()
                        .filter(conversation -> conversation.phoneNumberId().equals(bad)).map(SampleConversation::id).toList());
    }

    @Test
    void messages_are_kept_of_a_conversation_whose_calls_are_refused() {
        var bad = oneToOne();
        bench.openPhone().intercept(request -> isOf(bad, request, "/v1/calls") ? Fault.status(403) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_conversations")).isEqualTo(workspace.threads().conversations().size() - 1);
        assertThat(bench.database().value("SELECT status FROM import_conversations WHERE conversation_id = ?", bad.id()))
                .isEqualTo("unavailable");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(countOf(bad, "/v1/calls")).isEqualTo(1);
        assertThat(bench.database().row("SELECT * FROM import_issues WHERE level = 'error'").text("stage")).isEqualTo("calls");
    }

    @Test
    @Landing
    void numbers_whose_messages_could_be_read_as_a_member_only_are_named() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") && request.parameter("userId").isEmpty()
                ? Fault.status(403)
                : Fault.none());

        bench.importAll();

        var warnings = bench.database().rows("SELECT * FROM import_issues WHERE level = 'warning' AND stage = 'messages'");
        var closed = bench.database().rows("""
                SELECT id FROM phone_numbers AS number WHERE ask_as IS NOT NULL
                    AND EXISTS (SELECT FROM conversations WHERE phone_number_id = number.id)
                """);
        assertThat(warnings).extracting(row -> row.text("subject_id")).isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(closed.stream().map(row -> row.text("id")).toList());
        assertThat(warnings).allMatch(row -> row.text("request").contains("userId=US")
                && row.text("what").contains("only what that user sent"));
    }

    @Test
    @Landing
    void an_empty_page_that_comes_with_an_error_is_not_the_end() {
        bench.openPhone().intercept(request -> request.attempt() == 1 && !request.template().equals("/v1/phone-numbers")
                ? Fault.answer(Reply.of(500, "application/json",
                        "{\"data\":[],\"totalItems\":0,\"nextPageToken\":null}".getBytes(StandardCharsets.UTF_8)))
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
    }

    @Test
    @Landing
    void answers_that_are_cut_off_or_no_json_now_and_then_change_nothing() {
        var faults = List.of(Fault.truncated(), Fault.cut(), Fault.html(), Fault.status(502), new Fault.Cut(0));
        bench.openPhone().intercept(request -> request.attempt() == 1 && !request.template().equals("/v1/phone-numbers")
                && Math.floorMod(request.query().hashCode(), 3) == 0
                        ? faults.get(Math.floorMod(request.query().hashCode() / 3, faults.size()))
                        : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    @Landing
    void a_page_token_that_is_refused_in_the_middle_makes_that_list_begin_again() {
        var refused = ConcurrentHashMap.<String> newKeySet();
        bench.openPhone().intercept(request -> request.parameter("pageToken").isPresent()
                && refused.add(request.path() + request.parameters().get("participants")) ? Fault.status(400) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
        // The list of conversations and the long threads.
        assertThat(refused).hasSizeGreaterThanOrEqualTo(1 + longThreads());
        assertThat(refusedLists()).isEqualTo(refused.size());
    }

    @Test
    @Landing
    void page_tokens_that_are_always_refused_end_in_an_error_of_that_conversation() {
        bench.openPhone().intercept(request -> request.parameter("pageToken").isPresent()
                && request.path().equals("/v1/messages") ? Fault.status(400) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        var errors = bench.database().rows("SELECT subject_id FROM import_issues WHERE level = 'error'");
        assertThat(errors).extracting(row -> row.text("subject_id")).isEqualTo(errors.stream().map(row -> row.text(
                "subject_id")).filter(id -> workspace.threads().conversation(id).isPresent()).toList()).hasSize(longThreads());
        assertThat(refusedLists()).isEqualTo(4 * longThreads());
    }

    @Test
    void a_listing_whose_pages_are_always_refused_fails_the_run_and_sends_nothing() {
        bench.openPhone().intercept(request -> request.parameter("pageToken").isPresent() ? Fault.status(400) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).startsWith("The conversations could not be listed. OpenPhone answered 400 to GET ");
        assertThat(run.get("total_conversations")).isNull();
        assertThat(bench.openPhone().requests().count("/v1/messages")).isZero();
        assertThat(bench.database().size("import_batches")).isZero();
    }

    @Test
    @Landing
    void a_list_that_brings_the_same_rows_under_new_tokens_is_an_error_of_its_conversation_and_the_run_ends() {
        var bad = oneToOne();
        var tokens = new AtomicInteger();
        bench.openPhone().intercept(request -> {
            if (!isOf(bad, request, "/v1/messages")) {
                return Fault.none();
            }
            var rows = workspace.threads().messages().stream()
                    .filter(message -> message.conversationId().equals(bad.id())).toList();
            return Fault.answer(Reply.json(200, Map.of("data", rows, "nextPageToken", "T" + tokens.incrementAndGet())));
        });

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        var issue = bench.database().row("SELECT * FROM import_issues WHERE level = 'error'");
        assertThat(issue.text("subject_id")).isEqualTo(bad.id());
        assertThat(issue.text("what")).startsWith("OpenPhone's pages do not come to an end at GET /v1/messages");
        assertThat(tokens.get()).isLessThan(12);
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
    }

    @Test
    void a_list_that_ignores_the_time_range_of_a_run_is_said() {
        var all = workspace.threads().messages().stream().collect(Collectors.groupingBy(SampleMessage::conversationId));
        var one = oneToOne();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages")
                ? Fault.answer(Reply.json(200, Map.of("data", all.getOrDefault(one.id(), List.of()))))
                : Fault.none());

        var run = bench.awaitEnd(bench.start("{\"from\":\"2026-10-31\"}"));

        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE level = 'warning'")).extracting(
                row -> row.text("what")).anyMatch(what -> what.startsWith("OpenPhone ignores the times"));
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages"));
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "/v1/users", "/v1/contacts", "/v1/conversations" })
    void lists_that_bring_the_same_rows_under_new_tokens_end(String list) {
        var tokens = new AtomicInteger();
        bench.openPhone().intercept(request -> request.path().equals(list)
                ? Fault.answer(Reply.json(200, Map.of("data", firstOf(list), "nextPageToken", "T" + tokens.incrementAndGet())))
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE level = 'error'") + run.text("reason"))
                .contains("do not come to an end");
        assertThat(tokens.get()).isLessThan(20);
    }

    private List<?> firstOf(String list) {
        return switch (list) {
            case "/v1/users" -> workspace.directory().users().subList(0, 1);
            case "/v1/contacts" -> workspace.directory().contacts().subList(0, 1);
            default -> workspace.threads().conversations().subList(0, 1);
        };
    }

    @Test
    @Landing
    void an_empty_last_page_that_repeats_its_token_is_the_end_with_a_warning() {
        var long1 = workspace.threads()
                .conversation(workspace.threads().message("AClong0of" + Bench.LONGEST).orElseThrow().conversationId())
                .orElseThrow();
        bench.openPhone().intercept(request -> !isOf(long1, request, "/v1/messages") ? Fault.none()
                : request.parameter("pageToken").orElse("").equals("end")
                        ? Fault.answer(Reply.json(200, Map.of("data", List.of(), "nextPageToken", "end")))
                        : Fault.changed(page -> page.path("nextPageToken").isNull()
                                ? ((ObjectNode) page).put("nextPageToken", "end")
                                : page));

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(bench.database().row("SELECT * FROM import_issues").text("what"))
                .startsWith("The last page of the list is empty and names itself");
    }

    @Test
    void an_empty_listing_is_not_believed_where_conversations_are_known() {
        bench.importAll();
        bench.openPhone().intercept(request -> request.template().equals("/v1/conversations")
                ? Fault.answer(Reply.json(200, Map.of("data", List.of())))
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).isEqualTo("The conversations could not be listed. "
                + "OpenPhone lists no conversations, though %d are stored".formatted(bench.database().size("conversations")));
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    @Landing
    void an_empty_listing_through_the_dated_api_is_not_believed_and_v1_is_asked() {
        bench.importAllDated();
        bench.openPhone().intercept(request -> request.template().equals("/conversations")
                ? Fault.answer(Reply.json(200, Map.of("data", List.of())))
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE level = 'warning' AND stage = 'listing'"))
                .extracting(row -> row.text("what")).containsExactly("The API of 2026-03-30 could not be used, so v1 was. "
                        + "OpenPhone lists no conversations, though %d are stored"
                                .formatted(bench.database().size("conversations")));
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    void an_empty_listing_of_a_first_import_is_not_believed_where_the_other_api_has_some() {
        bench.openPhone().intercept(request -> request.template().equals("/v1/conversations")
                ? Fault.answer(Reply.json(200, Map.of("data", List.of())))
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("lists no conversations through one generation of its API, and some through");
    }

    @Test
    void a_workspace_without_conversations_is_imported_with_a_warning() {
        bench.openPhone().serve(Bench.workspace(0));

        assertThat(bench.importAll().text("status")).isEqualTo("completed");
        assertThat(bench.database().row("SELECT * FROM import_issues").text("what"))
                .startsWith("OpenPhone lists no conversations.");
    }

    @Test
    @Landing
    void a_listing_during_which_five_workers_died_is_given_up_and_a_retry_goes_on_with_it() {
        bench.openPhone().intercept(request -> request.path().endsWith("/conversations") ? Fault.status(503) : Fault.none());
        var id = bench.start("{}");
        // Between two tries, when nobody holds it: a holder that ends afterwards would show that it has not died.
        bench.soon().until(() -> bench.database().execute("""
                UPDATE import_runs SET listing_deaths = 4, listing_lease_owner = gen_random_uuid(), listing_lease_until = now()
                WHERE listing_started_at IS NOT NULL AND listing_lease_owner IS NULL
                """) == 1);

        var run = bench.awaitEnd(id);

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).startsWith("The conversations could not be listed: the worker that did died 5 times");
        assertThat(bench.database().size("import_batches")).isZero();
        bench.openPhone().intercept(request -> Fault.none());
        actions.retry(id);
        assertThat(bench.awaitEnd(id).text("status")).isEqualTo("completed");
        assertEverythingIsStored(bench.run(id));
    }

    @Test
    @Landing
    void a_key_that_is_refused_in_the_middle_pauses_the_run_until_somebody_resumes_it() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/calls") ? Fault.status(401) : Fault.none());
        var id = bench.start("{}");

        bench.soon().until(() -> bench.run(id).text("status").equals("paused"));
        assertThat(bench.run(id).text("reason")).startsWith("OpenPhone answered 401 to GET /v1/calls")
                .endsWith("Set it as OPENPHONE_API_KEY, then resume or retry the run");
        bench.soon().until(() -> bench.database().size("import_batches WHERE lease_owner IS NOT NULL") == 0);
        bench.openPhone().intercept(request -> Fault.none());
        actions.resume(id);
        var run = bench.awaitEnd(id);

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(bench.database().count("SELECT max(attempts) FROM import_batches")).isZero();
    }

    @Test
    void an_expired_subscription_pauses_the_run_and_is_told_as_that() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages")
                ? Fault.answer(Reply.json(402, Map.of("message", "Subscription Expired", "code", "0201402", "status", 402)))
                : Fault.none());
        var id = bench.start("{}");

        bench.soon().until(() -> bench.run(id).text("status").equals("paused"));
        assertThat(bench.run(id).text("reason")).startsWith("OpenPhone answered 402 to GET /v1/messages")
                .endsWith("The workspace's subscription has expired: renew it in OpenPhone, then resume or retry the run");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/conversations", "/v1/contacts" })
    @Tag("chaos")
    void a_list_that_hangs_while_a_run_is_listing_is_waited_for_and_the_run_says_so_within_15_seconds(String list) {
        isWaitedForAndSaid(list, new Fault.NoAnswer());
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(strings = { "/v1/conversations", "/v1/contacts" })
    void a_list_that_fails_while_a_run_is_listing_is_waited_for_and_the_run_says_so_within_15_seconds(String list) {
        isWaitedForAndSaid(list, Fault.status(500));
    }

    private void isWaitedForAndSaid(String list, Fault fault) {
        bench.openPhone().intercept(request -> request.path().equals(list)
                || (request.path().equals("/v1/phone-numbers") && request.attempt() > 1) ? fault : Fault.none());
        var id = bench.start("{}");

        bench.soon().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(waitingFor(id)).isNotEmpty());
        bench.soon().atMost(Duration.ofSeconds(60)).untilAsserted(
                () -> assertThat(waitingFor(id)).contains("OpenPhone").contains(list));
        assertThat(bench.database().rows("SELECT what FROM import_events WHERE kind = 'wait'")).extracting(
                row -> row.text("what")).anyMatch(what -> what.startsWith("The listing waits"));
        assertThat(bench.database().rows("SELECT * FROM import_issues WHERE level = 'warning'")).isEmpty();
        // As if it had lasted for minutes.
        bench.database().execute("UPDATE import_runs SET listing_moved_at = now() - interval '3 minutes'");
        bench.soon().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(bench.database()
                .rows("SELECT what FROM import_issues WHERE level = 'warning'")).extracting(row -> row.text("what"))
                .anyMatch(what -> what.startsWith("The listing waited for more than 2 minutes. OpenPhone ")));

        bench.openPhone().intercept(request -> Fault.none());

        assertThat(bench.awaitEnd(id).text("status")).isEqualTo("completed");
        assertThat(waitingFor(id)).isEmpty();
    }

    private static String waitingFor(UUID run) {
        return Json.read(RestAssured.get("/api/runs/" + run).asByteArray()).path("waitingFor").path("why").asText();
    }

    @Test
    @Landing
    void refusals_of_something_before_openphone_are_an_outage_that_is_named_and_waited_for() {
        var pages = List.of(Fault.answer(Reply.html(403, "<html>Access denied</html>")),
                Fault.answer(Reply.html(404, "<html>nginx</html>")), Fault.answer(Reply.html(401, "<html>Sign in</html>")),
                Fault.answer(Reply.json(403, Map.of("message", "Forbidden"))));
        // Of everything, from the first conversations on.
        var begun = new AtomicBoolean();
        bench.openPhone().intercept(request -> {
            if (request.path().equals("/v1/messages")) {
                begun.set(true);
            }
            return begun.get() ? pages.get(Math.floorMod(request.query().hashCode(), pages.size())) : Fault.none();
        });
        var id = bench.start("{}");

        bench.soon().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(bench.database()
                .rows("SELECT what FROM import_events WHERE kind = 'wait'")).extracting(row -> row.text("what"))
                .anyMatch(what -> what.contains("Something between us and OpenPhone refuses")));
        assertThat(bench.run(id).text("status")).isEqualTo("running");
        assertThat(bench.database().size("import_issues WHERE level = 'error'")).isZero();
        bench.openPhone().intercept(request -> Fault.none());

        var run = bench.awaitEnd(id);

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored(run);
    }

    @Test
    @Landing
    void refusals_for_the_rate_cost_one_repetition_each_and_nothing_else() {
        bench.openPhone().intercept(request -> request.attempt() == 1 && !request.template().equals("/v1/phone-numbers")
                && Math.floorMod(request.query().hashCode(), 40) == 0
                        ? Fault.answer(Reply.json(429, Map.of("message", "Too Many Requests")).header("Retry-After", "0"))
                        : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(bench.openPhone().requests().countStatus(429)).isPositive();
        assertThat(bench.openPhone().requests().all().stream()
                .filter(request -> request.status() != 429 && !request.path().contains("webhooks"))
                .collect(Collectors.groupingBy(LoggedRequest::template, Collectors.counting())))
                .isEqualTo(RequestsNeeded.byTemplate(workspace));
        assertThat(bench.database().size("import_issues")).isZero();
    }

    // OutageTest has an outage of everything in every build.
    @Test
    @Tag("chaos")
    void an_openphone_that_does_not_answer_for_any_messages_for_a_while_is_waited_for() {
        var end = Instant.now().plusSeconds(6);
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") && Instant.now().isBefore(end)
                ? Fault.status(503)
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(bench.database().rows("SELECT what FROM import_events WHERE kind = 'wait'")).isNotEmpty();
    }

    @Test
    @Landing
    void a_record_that_cannot_be_read_fails_alone() {
        var queues = bench.queues();
        for (var body : List.of("no json", "{}", "null", "{\"runId\":5}", "{\"runId\":\"" + UUID.randomUUID()
                + "\",\"batchId\":\"" + UUID.randomUUID() + "\"}")) {
            queues.sqs().sendMessage(request -> request.queueUrl(queues.importUrl()).messageBody(body));
        }

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(queues.size(queues.importUrl())).isEqualTo(5);
    }

    @Test
    @Landing
    void a_record_that_comes_twice_is_imported_once() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/calls")
                ? Fault.delayed(Duration.ofMillis(20))
                : Fault.none());
        var id = bench.start("{}");
        bench.soon().until(() -> bench.database().size("import_batches WHERE sent_at IS NOT NULL") == 2);
        var queues = bench.queues();
        for (int again = 0; again < 2; again++) {
            bench.database().rows("SELECT id FROM import_batches").forEach(batch -> queues.sqs().sendMessage(
                    request -> request.queueUrl(queues.importUrl()).messageBody("{\"runId\":\"%s\",\"batchId\":\"%s\"}"
                            .formatted(id, batch.text("id")))));
        }

        var run = bench.awaitEnd(id);

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
        assertThat(RequestsNeeded.asked(bench.openPhone().requests())).isEqualTo(RequestsNeeded.byTemplate(workspace));
        bench.soon().untilAsserted(() -> assertThat(queues.size(queues.importUrl())).isZero());
    }

    @Test
    @Landing
    void batches_whose_worker_died_are_imported_by_another_and_counted_once() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/calls")
                ? Fault.delayed(Duration.ofMillis(10))
                : Fault.none());
        var id = bench.start("{}");
        bench.soon().until(() -> bench.run(id).number("processed_messages") > 0);
        // As if all workers had lost their leases at once: others take the batches, these find out when they store.
        bench.database().execute(
                """
                        UPDATE import_batches SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp() - interval '1 second',
                            sent_at = clock_timestamp() - interval '1 hour' WHERE status = 'running'
                        """);

        var run = bench.awaitEnd(id);

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored(run);
    }

    /** Verification asks for calls of several, the checklist for a pause of webhooks of v1, which are always refused. */
    private int refusedLists() {
        return bench.openPhone().requests().count(request -> request.status() == 400 && request.method().equals("GET")
                && !request.template().equals("/v1/calls/{callId}"));
    }

    private void assertEverythingIsStored(Row run) {
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().ids("calls")).isEqualTo(new TreeSet<>(workspace.calls().ids()));
        for (var counted : List.of("conversations", "messages", "calls")) {
            assertThat(run.number("processed_" + counted)).as(counted).isEqualTo(bench.database().size(counted));
        }
    }

    /** How many threads have messages on more than one page; conversations of the same parties are one. */
    private int longThreads() {
        var sizes = workspace.threads().messages().stream()
                .collect(Collectors.groupingBy(SampleMessage::conversationId, Collectors.counting()));
        int threads = (int) workspace.threads().conversations().stream()
                .collect(Collectors.groupingBy(each -> each.phoneNumberId() + new TreeSet<>(each.participants()),
                        Collectors.summingLong(each -> sizes.getOrDefault(each.id(), 0L))))
                .values().stream().filter(messages -> messages > Bench.PAGE).count();
        assertThat(threads).isGreaterThanOrEqualTo(3);
        return threads;
    }

    /** A conversation with one other party, a handful of messages and no twin. */
    private SampleConversation oneToOne() {
        var sizes = workspace.threads().messages().stream()
                .collect(Collectors.groupingBy(SampleMessage::conversationId, Collectors.counting()));
        return workspace.threads().conversations().stream()
                .filter(conversation -> conversation.participants().size() == 1)
                .filter(conversation -> sizes.getOrDefault(conversation.id(), 0L) > 1)
                .filter(conversation -> sizes.getOrDefault(conversation.id(), 0L) < Bench.PAGE)
                .filter(conversation -> workspace.threads().conversations().stream()
                        .filter(other -> other.participants().equals(conversation.participants())).count() == 1)
                .min(Comparator.comparing(SampleConversation::id)).orElseThrow();
    }

    private Set<String> messagesWithout(SampleConversation conversation) {
        return workspace.threads().messages().stream()
                .filter(message -> !message.conversationId().equals(conversation.id()))
                .map(SampleMessage::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOf(SampleConversation conversation, SampleRequest request, String path) {
        return request.path().equals(path) && request.parameter("phoneNumberId").orElse("").equals(conversation
                .phoneNumberId()) && conversation.participants().equals(request.parameters().get("participants"));
    }

    private int countOf(SampleConversation conversation, String path) {
        var participant = "participants=" + conversation.participants().getFirst().replace("+", "%2B");
        return bench.openPhone().requests().count(request -> request.path().equals(path)
                && request.query().contains(participant));
    }
}
