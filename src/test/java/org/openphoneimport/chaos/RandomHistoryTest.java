package org.openphoneimport.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleSummary;
import org.openphoneimport.local.sample.document.SampleTask;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.document.SampleVoicemail;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OpenWork;
import org.openphoneimport.testsupport.Pause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever runs there were, whole ones and windows, completed, failed, cancelled and cleared, through either API and both,
 * while rows came, changed, were refused and were left out by one API: as long as the tables lack a row that the workspace
 * has, the workspace is not said to be complete, and the next reconciliation reads it.
 */
@QuarkusTest
class RandomHistoryTest {

    private static final int HISTORIES = Campaign.size(2, 8, 200);
    private static final Duration LONGEST_TIME_BETWEEN = Duration.ofDays(8);
    private static final Set<String> HIDDEN = Set.of("/conversations", "/contacts", "/users", "/tasks");
    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

    private final Bench bench = Bench.get();

    @AfterEach
    void reset() {
        bench.reset();
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_called_complete_that_has_not_been_read_and_the_next_reconciliation_reads_it() {
        long first = Campaign.seed();
        Campaign.note("%d histories from seed %d".formatted(HISTORIES, first));
        return LongStream.range(first, first + HISTORIES)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new History(seed).play()));
    }

    /** One workspace and the runs over it. Days pass between them: what is younger is then not in the ledger. */
    private final class History {

        private final Random random;
        private final Api api;
        private final SampleWorkspace workspace;
        private final List<String> happened = new ArrayList<>();
        private Instant now;
        private int arrived;

        History(long seed) {
            // Seeds in a row would all throw the same number first.
            random = new Random(new SplittableRandom(seed).nextLong());
            api = List.of(Api.V1, Api.DATED, Api.AUTO).get(random.nextInt(3));
            workspace = SampleWorkspace.generate(SampleSettings.defaults().withConversations(10).withSeed(1 + seed % 1000));
            happened.add("seed " + seed + " " + api);
            now = Instant.now().minus(LONGEST_TIME_BETWEEN.multipliedBy(5));
        }

        void play() {
            bench.reset();
            bench.openPhone().serve(workspace);
            for (int runs = 2 + random.nextInt(3); runs > 0; runs--) {
                timePasses();
                bench.openPhone().intercept(trouble());
                var run = random.nextInt(4) == 0 ? cancelled(payload()) : awaitEnd(bench.start(payload(), api));
                bench.openPhone().intercept(request -> Fault.none());
                happened.add(bench.run(run).text("status"));
                assertNoFalseClaim();
                if (random.nextInt(8) == 0) {
                    clear(run);
                    assertNoFalseClaim();
                }
            }
            timePasses();
            happened.add("calm");
            var run = awaitEnd(bench.start("{\"type\":\"reconciliation\"}", api));
            assertThat(bench.run(run).text("status")).as("%s: %s", happened, bench.run(run).text("reason"))
                    .isEqualTo("completed");
            assertThat(lacking(Instant.MAX)).as("%s lacks", happened).isEmpty();
            assertThat(lackingOfDirectory(Instant.MAX)).as("%s lacks", happened).isEmpty();
            assertThat(gaps("missing")).as("%s", happened).isEmpty();
            assertNoFalseClaim();
            if (api == Api.DATED) {
                var said = workspace();
                assertThat(said.path("open").valueStream()).as("%s: %s", happened, said)
                        .allMatch(gap -> gap.path("reason").asText()
                                .matches(".*that (OpenPhone is still working on|are asked for in a moment)"));
                assertThat(bench.database().rows("SELECT call_id FROM call_parts WHERE status = 'waiting'"))
                        .as("%s waits for", happened).allMatch(part -> isWorkedOn(part.text("call_id")));
            }
        }

        /** Whether the workspace has something of the call that is not finished, and will not be. */
        private boolean isWorkedOn(String call) {
            var calls = workspace.calls();
            return Stream.of(calls.recordings(call).stream().map(SampleRecording::status),
                    Stream.ofNullable(calls.voicemails().get(call)).map(SampleVoicemail::status),
                    Stream.ofNullable(calls.transcripts().get(call)).map(SampleTranscript::status),
                    Stream.ofNullable(calls.summaries().get(call)).map(SampleSummary::status)).flatMap(Function.identity())
                    .anyMatch(Set.of("processing", "in-progress")::contains);
        }

        /** Rows come and change, and nothing that is younger has been read. */
        private void timePasses() {
            bench.soon().until(() -> bench.database().size("verifications WHERE status = 'running'") == 0);
            forgetSince(now);
            var next = now.plus(Duration.ofMinutes(1 + random.nextInt((int) LONGEST_TIME_BETWEEN.toMinutes())));
            for (int i = random.nextInt(4); i > 0; i--) {
                var at = now.plusSeconds(1 + random.nextLong(Duration.between(now, next).toSeconds() - 1));
                arrive(at);
            }
            now = next;
        }

        private void arrive(Instant at) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    var one = workspace.directory().contacts().getFirst();
                    workspace.directory().put(new SampleContact("contact%d".formatted(arrived++), null, null, null,
                            one.defaultFields(), List.of(), at, at, one.createdByUserId()));
                }
                case 1 -> workspace.extras().put(new SampleTask("TKcame" + arrived++, "Call", null, "open", null, null, null,
                        workspace.directory().owner().id(), at, null, null, null, 1));
                default -> workspace.addMessage("ACcame" + arrived++, some().id(), "Hello", at);
            }
        }

        private void forgetSince(Instant time) {
            bench.database().execute("UPDATE import_runs SET created_at = least(created_at, CAST(? AS timestamptz))",
                    time.toString());
            bench.database().execute("""
                    UPDATE conversation_records SET messages_read = messages_read - tstzmultirange(tstzrange(time.at, NULL)),
                        calls_read = calls_read - tstzmultirange(tstzrange(time.at, NULL))
                    FROM (SELECT CAST(? AS timestamptz) AS at) AS time
                    """, time.toString());
            bench.database().execute("""
                    UPDATE list_records SET read = read - tstzmultirange(tstzrange(CAST(? AS timestamptz), NULL))
                    """, time.toString());
        }

        private String payload() {
            var type = random.nextInt(3) == 0 ? "historical" : "reconciliation";
            var payload = Json.emptyObject().put("type", type);
            if (random.nextInt(2) == 0) {
                var from = now.minus(Duration.ofHours(1 + random.nextInt(24 * 20)));
                payload.put("from", from.toString());
                if (random.nextInt(2) == 0) {
                    payload.put("to", from.plus(Duration.ofHours(1 + random.nextInt(24 * 10))).toString());
                }
            }
            happened.add(payload.toString());
            return payload.toString();
        }

        /** Some conversations, or with the other API a list, are refused or not answered. */
        private Interceptor trouble() {
            int status = List.of(403, 404, 500).get(random.nextInt(3));
            var bad = some();
            var list = random.nextBoolean() ? "messages" : "calls";
            return switch (random.nextInt(5)) {
                case 0 -> refusing(bad, list, status);
                case 1 -> refusingPages(list, status);
                case 2 -> api == Api.AUTO ? hidingFromOneApi() : request -> Fault.none();
                default -> request -> Fault.none();
            };
        }

        private Interceptor refusing(SampleConversation bad, String list, int status) {
            happened.add("%s of %s: %d".formatted(list, bad.id(), status));
            return request -> request.path().equals("/v1/" + list)
                    && request.parameter("phoneNumberId").orElse("").equals(bad.phoneNumberId())
                    && bad.participants().equals(request.parameters().get("participants")) ? Fault.status(status)
                            : Fault.none();
        }

        private Interceptor refusingPages(String list, int status) {
            happened.add("every second page of /%s: %d".formatted(list, status));
            var pages = new AtomicInteger();
            return request -> request.path().equals("/" + list) && !request.parameter("limit").orElse("").equals("1")
                    && pages.incrementAndGet() % 2 == 0 ? Fault.status(status) : Fault.none();
        }

        /** Half of what one API would list of conversations, contacts and tasks; the other lists all of it. */
        private Interceptor hidingFromOneApi() {
            boolean v1 = random.nextBoolean();
            int half = random.nextInt(2);
            happened.add("half of the lists hidden from " + (v1 ? "v1" : "2026-03-30"));
            return request -> HIDDEN.contains(request.template().replaceFirst("^/v1", ""))
                    && request.template().startsWith("/v1/") == v1 ? Fault.changed(page -> half(page, half)) : Fault.none();
        }

        private static JsonNode half(JsonNode page, int half) {
            ObjectNode changed = page.deepCopy();
            var rows = changed.putArray("data");
            page.path("data").valueStream().filter(row -> Math.floorMod(
                    (row.path("id").asText() + row.path("taskId").asText()).hashCode(), 2) == half).forEach(rows::add);
            return changed;
        }

        private UUID cancelled(String payload) {
            var run = bench.start(payload, api);
            Pause.millis(random.nextInt(300));
            RestAssured.given().post("/api/runs/{id}/cancel", run);
            return awaitEnd(run);
        }

        private void clear(UUID run) {
            int status = RestAssured.given().body("{\"confirm\":\"" + run.toString().substring(0, 8) + "\"}")
                    .post("/api/imported-data/clear").statusCode();
            happened.add("clear: " + status);
        }

        /** keep-runs comes once a second by itself; here it comes at once. */
        private UUID awaitEnd(UUID run) {
            try {
                bench.soon().atMost(Duration.ofSeconds(60)).until(() -> {
                    bench.invoke("keep-runs", "{}");
                    return ENDED.contains(bench.run(run).text("status"));
                });
            } catch (ConditionTimeoutException e) {
                throw new AssertionError("%s does not end. %s".formatted(happened, OpenWork.of(bench.database(), run)), e);
            }
            return run;
        }

        private void assertNoFalseClaim() {
            var said = workspace();
            // What v1 has no way to is known to be lacking.
            boolean complete = !said.path("coveredUntil").isNull() && said.path("open").valueStream()
                    .allMatch(gap -> gap.path("reason").asText().contains("calls v1 does not give")
                            || gap.path("reason").asText().startsWith("last activities that OpenPhone names"));
            if (complete) {
                var until = Instant.parse(said.path("coveredUntil").asText());
                assertThat(lacking(until)).as("%s: it says %s, and lacks", happened, said).isEmpty();
                assertThat(lackingOfDirectory(Instant.parse(said.path("around").path("listsUntil").asText())))
                        .as("%s: it says %s, and lacks", happened, said).isEmpty();
            }
        }

        /**
         * Rows of the workspace that were created before some time and that the tables have not, as far as the API gives them.
         */
        private Set<String> lacking(Instant until) {
            var lacking = workspace.threads().messages().stream().filter(message -> message.createdAt().isBefore(until))
                    .map(SampleMessage::id).collect(Collectors.toCollection(TreeSet::new));
            lacking.addAll(workspace.calls().ids());
            if (api != Api.V1) {
                workspace.calls().groupCalls().forEach(call -> lacking.add(call.id()));
            }
            lacking.addAll(workspace.threads().conversationIds());
            Stream.of("messages", "calls", "conversations").forEach(table -> lacking.removeAll(bench.database().ids(table)));
            return lacking;
        }

        private Set<String> lackingOfDirectory(Instant until) {
            var lacking = new TreeSet<String>();
            workspace.directory().users().forEach(user -> lacking.add(user.id()));
            workspace.directory().contacts().stream().filter(contact -> contact.createdAt().isBefore(until))
                    .forEach(contact -> lacking.add(contact.id()));
            workspace.extras().tasks().stream().filter(task -> task.createdAt().isBefore(until))
                    .forEach(task -> lacking.add(task.id()));
            Stream.of("users", "contacts", "tasks").forEach(table -> bench.database()
                    .rows("SELECT id FROM " + table + " WHERE absent_since IS NULL")
                    .forEach(row -> lacking.remove(row.text("id"))));
            return lacking;
        }

        private List<String> gaps(String kind) {
            return bench.database().rows("SELECT reason || ' ' || subject_id AS gap FROM workspace_gaps WHERE kind = ?", kind)
                    .stream().map(row -> row.text("gap")).toList();
        }

        private JsonNode workspace() {
            return Json.read(RestAssured.get("/api/workspace").asByteArray());
        }

        private SampleConversation some() {
            var all = workspace.threads().conversations().stream()
                    .filter(one -> one.participants().size() == 1 && one.deletedAt() == null).toList();
            return all.get(random.nextInt(all.size()));
        }
    }
}
