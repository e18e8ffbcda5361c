package org.openphoneimport.openphone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.LoggedRequest;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a server really receives, and what becomes of its answers. */
@QuarkusTest
class OnTheWireTest {

    private static final Instant AFTER = Instant.parse("2026-01-01T00:00:00Z");
    private static final Caller CALLER = new Caller(null, Instant.parse("9999-01-01T00:00:00Z"));
    private static final Reply NOTHING = json("{\"data\":[],\"nextPageToken\":null}");

    private static final OpenPhone.ThreadQuery CLOSED = new OpenPhone.ThreadQuery("PN1", List.of("+16175550123"), "US1", null,
            null);

    private final Bench bench = Bench.get();

    @Inject
    Quota quota;

    @Inject
    OpenPhone openPhone;

    @Inject
    WholeWorkspace workspace;

    @Inject
    PromptApi prompt;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    /** Asked past the gateway, whose own limit is as short in tests. */
    @Test
    @Thorough
    void nobody_waits_longer_than_three_seconds_for_what_has_been_sent() {
        var seen = new AtomicReference<SampleRequest>();
        bench.openPhone().intercept(request -> {
            seen.set(request);
            return new Fault.NoAnswer();
        });
        var sent = System.nanoTime();

        assertThatThrownBy(() -> prompt.api().list("key", "phone-numbers", new MultivaluedHashMap<>()))
                .hasMessageContaining("The timeout period of 3000ms has been exceeded");

        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
        assertThat(seen.get().path()).isEqualTo("/v1/phone-numbers");
        assertThat(seen.get().header("User-Agent")).hasValue("openphone-import/1.0");
    }

    @Test
    void a_plus_is_encoded_and_arrays_repeat_the_bare_key() {
        bench.openPhone().intercept(request -> Fault.answer(NOTHING));

        openPhone.messages(CALLER, new OpenPhone.ThreadQuery("PN1", List.of("+16175550123", "+16175550124"), "US1", AFTER,
                AFTER.plusMillis(1500)), "a+b/c=&d e");

        assertThat(onlyRequest().path()).isEqualTo("/v1/messages");
        assertThat(List.of(onlyRequest().query().replace("%3A", ":").split("&"))).containsExactlyInAnyOrder(
                "phoneNumberId=PN1", "participants=%2B16175550123", "participants=%2B16175550124",
                "createdAfter=2026-01-01T00:00:00Z", "createdBefore=2026-01-01T00:00:01.500Z", "maxResults=100",
                "pageToken=a%2Bb%2Fc%3D%26d+e");
    }

    @Test
    void a_document_that_was_not_asked_for_is_no_answer() {
        bench.openPhone()
                .intercept(request -> Fault.answer(json("{\"data\":{\"id\":\"ACother\",\"callId\":\"ACother\"}}")));

        for (var question : List.<ThrowingCallable> of(() -> openPhone.message(CALLER, "AC1"),
                () -> openPhone.call(CALLER, "AC1"),
                () -> openPhone.transcript(CALLER, "AC1"), () -> openPhone.summary(CALLER, "AC1"),
                () -> workspace.call(CALLER, "AC1"))) {
            assertThatThrownBy(question).isInstanceOf(OpenPhoneException.Unavailable.class)
                    .hasMessageContaining("with another document: ACother");
        }
    }

    @Test
    void messages_with_short_codes_and_hidden_callers_are_not_asked_for() {
        for (var party : List.of("22395", "Anonymous")) {
            assertThatThrownBy(() -> openPhone.messages(CALLER,
                    new OpenPhone.ThreadQuery("PN1", List.of(party), null, null, null), null))
                    .isInstanceOf(OpenPhoneException.Rejected.class).hasMessageContaining("short codes or hidden callers");
        }
        assertThat(bench.openPhone().requests().count()).isZero();
    }

    @Test
    void calls_are_asked_for_as_a_member_but_messages_whoever_sent_them() {
        bench.openPhone().intercept(request -> Fault.answer(NOTHING));

        openPhone.calls(CALLER, CLOSED, null);
        assertThat(onlyRequest().query()).contains("userId=US1");
        bench.openPhone().requests().reset();

        openPhone.messages(CALLER, CLOSED, null);
        assertThat(onlyRequest().query()).doesNotContain("userId");
    }

    @Test
    void messages_that_the_owner_may_not_read_are_asked_for_as_a_member() {
        bench.openPhone().intercept(request -> request.query().contains("userId=US1") ? Fault.answer(NOTHING)
                : Fault.status(403));

        assertThat(openPhone.messages(CALLER, CLOSED, null).items()).isEmpty();
        assertThat(bench.openPhone().requests().count()).isEqualTo(2);
    }

    @Test
    void recordings_and_transcripts_of_many_segments_are_read_to_their_last_page() {
        bench.openPhone().intercept(request -> Fault.answer(json(switch (request.parameters().getOrDefault("after",
                List.of("first")).getFirst()) {
            case "first" -> "{\"data\":[],\"nextCursor\":\"second\"}";
            case "second" -> segments(1, "\"third\"");
            default -> segments(2, "null");
        })));

        assertThat(workspace.recordings(CALLER, "AC1")).extracting(recording -> recording.id()).containsExactly("CR1", "CR2");
        assertThat(workspace.transcript(CALLER, "AC1", null).orElseThrow().dialogue())
                .extracting(line -> line.get("content").asText())
                .containsExactly("said in 1", "said in 2");
    }

    private static String segments(int number, String next) {
        return """
                {"data":[{"id":"CR%1$d","recordingId":"CR%1$d","status":"completed","startTime":"2026-01-01T00:0%1$d:00Z",
                "dialogue":[{"content":"said in %1$d","start":1,"end":2}]}],"nextCursor":%2$s}""".formatted(number, next);
    }

    @Test
    void the_key_is_sent_raw_and_the_client_has_a_name() {
        var seen = new AtomicReference<SampleRequest>();
        bench.openPhone().intercept(request -> {
            seen.set(request);
            return Fault.answer(NOTHING);
        });

        openPhone.phoneNumbers(CALLER);

        assertThat(seen.get().header("Authorization")).hasValue(bench.openPhone().apiKey());
        assertThat(seen.get().header("User-Agent")).hasValue("openphone-import/1.0");
    }

    @Test
    void the_dated_api_is_told_its_version_and_asked_without_a_prefix() {
        var seen = new AtomicReference<SampleRequest>();
        bench.openPhone().intercept(request -> {
            seen.set(request);
            return Fault.answer(json("{\"data\":[],\"nextCursor\":\"a+b\"}"));
        });

        var page = workspace.messages(CALLER, new TimeSlice(AFTER, null), "a+b/c=");

        assertThat(page.nextToken()).isEqualTo("a+b");
        assertThat(seen.get().header("Quo-Api-Version")).hasValue("2026-03-30");
        assertThat(seen.get().header("Authorization")).hasValue(bench.openPhone().apiKey());
        assertThat(seen.get().path()).isEqualTo("/messages");
        assertThat(seen.get().parameters()).isEqualTo(Map.of("createdAt[gt]", List.of("2025-12-31T23:59:59.999Z"),
                "createdAt[lt]", List.of("2100-01-01T00:00:00Z"), "limit", List.of("50"), "after", List.of("a+b/c=")));
    }

    @Test
    @Landing
    void what_is_no_answer_is_asked_for_again() {
        for (var fault : List.of(Fault.html(), Fault.truncated(), Fault.cut(), new Fault.Cut(0), Fault.status(500),
                Fault.status(503), Fault.status(408), Fault.answer(Reply.empty(500)), Fault.answer(Reply.empty(200)),
                Fault.answer(Reply.html(502, "<html>Bad gateway</html>")), Fault.answer(json("{\"items\":[]}")),
                Fault.answer(json("[]")),
                Fault.answer(json("")), Fault.answer(json("null")),
                Fault.answer(Reply.of(500, "application/json", "{\"data\":[]}".getBytes(UTF_8))),
                Fault.answer(Reply.html(404, "<html>nginx</html>")), Fault.answer(Reply.html(403, "<html>1010</html>")),
                Fault.answer(Reply.html(401, "<html>Sign in</html>")), Fault.answer(Reply.empty(402)),
                Fault.answer(json("{\"message\":\"Forbidden\"}", 403)), Fault.answer(json("{\"error\":\"Not Found\"}", 404)),
                Fault.answer(json("{\"message\":\"no Route matched with those values\"}", 404)))) {
            bench.openPhone().requests().reset();
            bench.openPhone().intercept(request -> request.attempt() <= 2 ? fault : Fault.none());

            var page = openPhone.conversations(CALLER, null, null);

            assertThat(page.items()).as(fault.toString()).hasSize(Bench.PAGE);
            assertThat(bench.openPhone().requests().count()).as(fault.toString()).isEqualTo(3);
        }
    }

    @Test
    @Thorough
    void a_refusal_that_asks_for_no_wait_at_all_is_believed_once() {
        bench.openPhone().intercept(request -> request.attempt() <= 2
                ? Fault.answer(Reply.empty(429).header("Retry-After", "0"))
                : Fault.none());
        var asked = Instant.now();

        openPhone.conversations(CALLER, null, null);

        assertThat(bench.openPhone().requests().count()).isEqualTo(3);
        // Nothing, then two seconds.
        assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(1500));
    }

    @Test
    void a_request_that_is_never_answered_is_sent_five_times() {
        bench.openPhone().intercept(request -> Fault.status(502));

        assertThatThrownBy(() -> openPhone.conversations(CALLER, null, null))
                .isInstanceOf(OpenPhoneException.Unavailable.class)
                .hasMessage("OpenPhone answered 502 to GET /v1/conversations?maxResults=100: Injected 502");
        assertThat(bench.openPhone().requests().count()).isEqualTo(5);
    }

    @Test
    @Thorough
    void an_answer_that_does_not_come_is_given_up() {
        bench.openPhone().intercept(request -> request.attempt() == 1 ? new Fault.NoAnswer() : Fault.none());

        assertThat(openPhone.conversations(CALLER, null, null).items()).hasSize(Bench.PAGE);
        assertThat(bench.openPhone().requests().count()).isEqualTo(2);
    }

    @Test
    void a_refusal_is_not_asked_for_again_and_names_the_request() {
        for (int status : List.of(400, 403, 404, 409, 422)) {
            bench.openPhone().requests().reset();
            bench.openPhone().intercept(request -> Fault.status(status));

            assertThatThrownBy(() -> openPhone.conversations(CALLER, null, null))
                    .isInstanceOfSatisfying(OpenPhoneException.Rejected.class, refusal -> {
                        assertThat(refusal.status()).isEqualTo(status);
                        assertThat(refusal.request()).isEqualTo("GET /v1/conversations?maxResults=100");
                    });
            assertThat(bench.openPhone().requests().count()).isEqualTo(1);
        }
    }

    @Test
    void both_shapes_of_errors_are_read() {
        bench.openPhone().intercept(request -> Fault.answer(Reply.of(401, "application/json",
                "{\"error\":{\"message\":\"Unauthorized\",\"key\":\"unauthorized\",\"trace\":\"1\"}}".getBytes(UTF_8))));
        assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER)).isInstanceOf(OpenPhoneException.KeyRefused.class)
                .hasMessage("OpenPhone answered 401 to GET /v1/phone-numbers: Unauthorized");

        bench.openPhone().intercept(request -> Fault.answer(Reply.of(402, "application/json",
                "{\"message\":\"Subscription Expired\",\"code\":\"0201402\",\"status\":402}".getBytes(UTF_8))));
        assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER)).isInstanceOf(OpenPhoneException.KeyRefused.class)
                .hasMessage("OpenPhone answered 402 to GET /v1/phone-numbers: Subscription Expired");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"message":"Subscription Expired","code":"0201402"}                      | active  | SUBSCRIPTION
            {"message":"No","code":"0201402"}                                        | active  | SUBSCRIPTION
            {"message":"Subscription expired","title":"Payment Required"}            | active  | SUBSCRIPTION
            {"message":"Open Tasks Limit Reached","code":"0600402"}                  | expired | LIMIT
            {"message":"No","code":"0600402"}                                        | expired | LIMIT
            {"message":"Open tasks limit reached","title":"Open Tasks Limit Reached"} | expired | LIMIT
            {"message":"Payment required","title":"Payment Required"}                | expired | SUBSCRIPTION
            {"message":"Payment required","title":"Payment Required"}                | active  | LIMIT
            {"message":"Payment required","title":"Payment Required"}                | unknown | PAYMENT
            """)
    void a_402_is_told_apart_by_its_code_or_by_what_the_organization_says(String error, String subscription, String meaning) {
        bench.openPhone().intercept(request -> Fault.answer(request.path().equals("/organization")
                ? json("{\"data\":{\"id\":\"OR1\",\"subscriptionStatus\":\"" + subscription + "\"}}")
                : json(error, 402)));

        assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER)).satisfies(refusal -> assertThat(switch (refusal) {
            case OpenPhoneException.KeyRefused e -> e.refused().name();
            case OpenPhoneException.Rejected e -> e.status() == 402 ? "LIMIT" : "rejected";
            default -> refusal.toString();
        }).isEqualTo(meaning));
    }

    @Test
    @Landing
    void when_nothing_is_answered_for_long_nothing_is_asked_for_a_while() {
        bench.openPhone().intercept(request -> Fault.status(503));
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER)).isInstanceOf(OpenPhoneException.Unavailable.class);
        }

        assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER)).isInstanceOf(NotNowException.Away.class);
        assertThat(bench.openPhone().requests().count()).isEqualTo(40);

        bench.openPhone().intercept(request -> Fault.none());
        bench.soon().ignoreExceptions().until(() -> !openPhone.phoneNumbers(CALLER).items().isEmpty());
    }

    @Test
    void what_openphone_grants_is_taken_from_any_answer() {
        bench.openPhone().grant(12);
        try {
            openPhone.phoneNumbers(CALLER);
        } finally {
            bench.openPhone().grant(0);
        }

        assertThat(quota.perSecond()).isEqualTo(12.0);
    }

    @Test
    @Thorough
    void a_429_costs_no_retry_and_stops_everybody_for_as_long_as_it_says() {
        // One more than a request is tried.
        bench.openPhone().intercept(request -> request.attempt() <= 6 ? tooMany("1") : Fault.none());

        assertThat(openPhone.conversations(CALLER, null, null).items()).hasSize(Bench.PAGE);
        assertThat(bench.openPhone().requests().countStatus(429)).isEqualTo(6);
        assertThat(bench.database().count("SELECT refused FROM rate_limits")).isEqualTo(6);
    }

    @Test
    @Landing
    void the_request_after_a_429_comes_when_its_time_is_over() {
        bench.openPhone().intercept(request -> request.attempt() == 1 ? tooMany("1") : Fault.none());

        openPhone.phoneNumbers(CALLER);

        var requests = bench.openPhone().requests().all();
        assertThat(requests).hasSize(2);
        assertThat(requests.getLast().nanos() - requests.getFirst().nanos()).isGreaterThan(950_000_000L);
    }

    /** Else a key of which others use a part would wait for up to a minute again and again. */
    @Test
    @Landing
    void what_is_let_through_ends_the_row_of_429s() {
        bench.openPhone().intercept(request -> request.attempt() == 1 ? tooMany("later") : Fault.none());

        openPhone.phoneNumbers(CALLER);
        openPhone.users(CALLER, null);

        assertThat(bench.openPhone().requests().countStatus(429)).isEqualTo(2);
        assertThat(bench.database().count("SELECT refused_in_row FROM rate_limits")).isZero();
    }

    @Test
    void a_429_of_a_day_stops_everybody_for_a_quarter_of_an_hour_at_most() {
        bench.openPhone().intercept(request -> tooMany("86400"));

        assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER))
                .isInstanceOfSatisfying(NotNowException.Blocked.class, blocked -> assertThat(blocked.remaining().toSeconds())
                        .isBetween(890L, 900L));
        assertThat(bench.openPhone().requests().count()).isEqualTo(1);
    }

    private LoggedRequest onlyRequest() {
        assertThat(bench.openPhone().requests().all()).hasSize(1);
        return bench.openPhone().requests().all().getFirst();
    }

    private static Fault tooMany(String retryAfter) {
        return Fault.answer(json("{\"message\":\"Too Many Requests\"}", 429).header("Retry-After", retryAfter));
    }

    private static Reply json(String body) {
        return json(body, 200);
    }

    private static Reply json(String body, int status) {
        return Reply.of(status, "application/json", body.getBytes(UTF_8));
    }
}
