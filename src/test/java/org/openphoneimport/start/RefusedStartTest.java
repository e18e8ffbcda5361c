package org.openphoneimport.start;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.batch.ImportQueue;
import org.openphoneimport.batch.ImportQueues;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.openphone.ApiKey;
import org.openphoneimport.openphone.ApiKeys;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever cannot start a run is told why in a sentence, and nothing has been started. */
@QuarkusTest
class RefusedStartTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void a_payload_that_cannot_be_meant_is_refused() {
        assertThat(refusal("{\"type\":\"everything\"}"))
                .isEqualTo("type must be historical or reconciliation, not \"everything\"");
        assertThat(refusal("{\"from\":\"2026-02-01\",\"to\":\"2026-01-01\"}"))
                .isEqualTo("from (2026-02-01T00:00:00Z) must be before to (2026-01-01T00:00:00Z)");
        assertThat(refusal("{\"from\":\"yesterday\"}"))
                .isEqualTo("from must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, not \"yesterday\"");
        assertThat(refusal("{\"kind\":\"historical\"}"))
                .isEqualTo("There is no field kind: there are type, from, to and clear");
        assertThat(refusal("[]")).isEqualTo("The payload must be a JSON object");
        assertThat(refusal("{\"runId\":\"the last one\"}")).isEqualTo("runId is not the id of a run: \"the last one\"");
        assertThat(bench.openPhone().requests().count()).isZero();
    }

    @Test
    void a_key_that_openphone_refuses_is_named_by_its_setting() {
        bench.openPhone().intercept(request -> Fault.answer(Reply.json(401,
                Map.of("error", Map.of("message", "Unauthorized", "key", "unauthorized", "trace", "1")))));

        assertThat(refusal("{}")).isEqualTo("OpenPhone refused the API key. OpenPhone answered 401 to GET /v1/phone-numbers: "
                + "Unauthorized. Check OPENPHONE_API_KEY; a new key can need half a minute to work");
    }

    @Test
    void a_subscription_that_has_expired_is_said() {
        bench.openPhone().intercept(request -> Fault.answer(Reply.json(402,
                Map.of("message", "Subscription Expired", "code", "0201402", "status", 402))));

        assertThat(refusal("{}")).isEqualTo(
                """
                        The workspace's subscription has expired. OpenPhone answered 402 to GET /v1/phone-numbers: Subscription Expired. \
                        Renew it in OpenPhone, then start again""");
    }

    @Test
    void an_openphone_that_does_not_answer_is_said_at_once() {
        bench.openPhone().intercept(request -> Fault.status(503));

        assertThat(refusal("{}")).isEqualTo("The API key could not be tried. OpenPhone answered 503 to "
                + "GET /v1/phone-numbers: Injected 503. Start again later");
        assertThat(bench.openPhone().requests().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @Landing
    @ValueSource(ints = { 401, 402, 403, 404 })
    void a_page_of_something_before_openphone_says_nothing_about_the_key(int status) {
        bench.openPhone().intercept(request -> Fault.answer(Reply.html(status, "<html>nginx</html>")));

        assertThat(refusal("{}")).isEqualTo("""
                The API key could not be tried: OpenPhone did not answer. Something between us and OpenPhone refuses \
                GET /v1/phone-numbers: it answered %d with text/html, which is none of OpenPhone's errors. Start again later"""
                .formatted(status));
    }

    /** As a process that starts on a slow processor comes to sending it. */
    @Test
    @Thorough
    void a_request_that_is_sent_late_has_its_whole_time_for_the_answer() {
        var asked = new AtomicInteger();
        bench.openPhone().intercept(request -> !request.path().equals("/v1/phone-numbers") ? Fault.none()
                : asked.incrementAndGet() == 1
                        ? Fault.answer(Reply.json(429, Map.of("message", "Slow down")).header("Retry-After", "2"))
                        : Fault.delayed(Duration.ofSeconds(2)));

        assertThat(bench.invoke("start-run", "{}").document().path("started").asBoolean()).isTrue();
    }

    @Test
    void without_a_key_there_is_nothing_to_ask() {
        QuarkusMock.installMockForType(ApiKeys.none(), ApiKey.class);

        assertThat(refusal("{}"))
                .isEqualTo("No API key is set: set OPENPHONE_API_KEY (Workspace Settings, API)");
        assertThat(bench.openPhone().requests().count()).isZero();
    }

    @Test
    void without_a_queue_nothing_is_begun() {
        // To delete the queue would do, but ElasticMQ forgets who waits at one that is deleted, which holds up the next test.
        var gone = bench.queues().importUrl() + "-that-is-gone";
        QuarkusMock.installMockForType(ImportQueues.at(gone, bench.queues().sqs()), ImportQueue.class);

        assertThat(refusal("{}")).startsWith("The import queue does not answer: check IMPORT_QUEUE_URL (");
        assertThat(bench.openPhone().requests().count()).isZero();
    }

    @Test
    void another_workspace_has_no_place_in_this_database() {
        bench.importAll();
        bench.openPhone().serve(SampleWorkspace.generate(Bench.sample(5).withSeed(2)));

        var answer = bench.invoke("start-run", "{}");

        assertThat(answer.error()).startsWith("This database holds another workspace: ");
        assertThat(bench.database().size("import_runs")).isEqualTo(1);
    }

    @Test
    void a_second_start_joins_the_run_that_is_active() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? new Fault.NoAnswer()
                : Fault.none());
        var run = bench.start("{}");

        var second = bench.invoke("start-run", "{\"type\":\"reconciliation\"}").document();

        assertThat(second.path("runId").asText()).isEqualTo(run.toString());
        assertThat(second.path("started").asBoolean(true)).isFalse();
        assertThat(second.path("status").asText()).isIn("pending", "running");
        assertThat(bench.database().size("import_runs")).isEqualTo(1);
        assertThat(bench.openPhone().requests().count("/v1/phone-numbers")).isEqualTo(1);
    }

    @Test
    void an_event_of_the_schedule_starts_a_reconciliation() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/phone-numbers") ? Fault.none()
                : Fault.status(404));

        var run = bench.awaitEnd(bench.start("""
                {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event",
                 "source":"aws.events","account":"123456789012","time":"2026-11-02T03:00:00Z","region":"us-east-1",
                 "resources":["arn:aws:events:us-east-1:123456789012:rule/daily"],"detail":{}}"""));

        assertThat(run.text("type")).isEqualTo("reconciliation");
        assertThat(run.is("window_from_given")).isFalse();
        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason"))
                .startsWith("The conversations could not be listed. OpenPhone answered 404 to GET /v1/con");
    }

    private String refusal(String payload) {
        var error = bench.invoke("start-run", payload).error();
        assertThat(bench.database().size("import_runs")).isZero();
        assertThat(bench.database().size("phone_numbers")).isZero();
        assertThat(bench.openPhone().requests().all()).allMatch(request -> request.path().endsWith("/phone-numbers"));
        return error;
    }
}
