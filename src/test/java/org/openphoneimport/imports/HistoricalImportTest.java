package org.openphoneimport.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.testsupport.AwsCli;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.RequestsNeeded;
import org.openphoneimport.testsupport.Row;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole way: an operator's command, the listing, real queues, a server that speaks OpenPhone, rows in PostgreSQL. */
@QuarkusTest
class HistoricalImportTest {

    private static final String[] TABLES = { "conversations", "messages", "calls", "media", "phone_numbers", "users",
            "contacts", "contact_phone_numbers", "call_recordings", "call_voicemails", "call_transcripts", "call_summaries" };

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void an_import_started_with_the_aws_command_line_brings_exactly_what_the_workspace_holds() throws IOException {
        var aws = AwsCli.find();
        Assumptions.assumeTrue(aws.isPresent(), "Skipped: no AWS command line interface of version 2 is installed");

        var answer = aws.get().invoke(bench.address(), "start-run", "{\"type\":\"historical\"}");

        assertThat(answer.path("started").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.path("status").asText()).isEqualTo("pending");
        var run = bench.awaitEnd(UUID.fromString(answer.path("runId").asText()));
        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.text("type")).isEqualTo("historical");
        assertEverythingIsStored();
        assertCountersEqualRows(run);
    }

    @Test
    @Landing
    void an_import_asks_for_nothing_twice_and_for_nothing_in_vain() {
        bench.importAll();

        assertThat(RequestsNeeded.asked(bench.openPhone().requests()))
                .isEqualTo(RequestsNeeded.byTemplate(bench.openPhone().workspace()));
        // A call that has no such part is answered with 404, a call of several with 400.
        assertThat(bench.openPhone().requests().all()).filteredOn(request -> !request.path().contains("webhooks"))
                .allMatch(request -> request.status() == (request.template().equals("/v1/calls/{callId}") ? 400 : 200)
                        || (request.status() == 404 && request.path().startsWith("/v1/call-")));
        assertThat(bench.openPhone().unknownParameters()).isEmpty();
    }

    /** Of a short run as well: the page says how often it was refused. */
    @Test
    void the_first_sample_and_the_last_one_enclose_all_that_a_run_asked_for() {
        var tooMany = Fault.answer(Reply.of(429, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .header("Retry-After", "0"));
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") && request.attempt() == 1 ? tooMany
                : Fault.none());
        bench.importAll();

        var samples = bench.database().rows("""
                SELECT CAST(figures ->> 'refused' AS bigint) AS refused, CAST(figures ->> 'granted' AS bigint) AS granted
                FROM import_events WHERE kind = 'sample' ORDER BY at""");
        assertThat(samples.getFirst().number("refused")).isZero();
        assertThat(samples.getLast().number("refused")).isEqualTo(bench.openPhone().requests().countStatus(429)).isPositive();
        // All but those before it began, and webhooks that are brought back when it is over.
        assertThat(samples.getLast().number("granted") - samples.getFirst().number("granted"))
                .isBetween(bench.openPhone().requests().count() - 5L, (long) bench.openPhone().requests().count());
    }

    @Test
    @Landing
    void an_import_leaves_empty_queues() {
        bench.importAll();

        bench.soon().untilAsserted(() -> {
            assertThat(bench.queues().size(bench.queues().importUrl())).isZero();
            assertThat(bench.queues().size(bench.queues().importDeadLettersUrl())).isZero();
        });
    }

    @Test
    @Landing
    void a_second_import_changes_no_row_count() {
        bench.importAll();
        var sizes = bench.database().sizes(TABLES);

        var second = bench.importAll();

        assertThat(second.text("status")).isEqualTo("completed");
        assertThat(bench.database().sizes(TABLES)).isEqualTo(sizes);
        assertThat(bench.database().size("import_runs")).isEqualTo(2);
        assertEverythingIsStored();
        assertCountersEqualRows(second);
    }

    @Test
    void start_run_answers_within_five_seconds_and_before_the_listing_ends() {
        // As many pages as a workspace of 700 conversations has, each of them slow.
        bench.openPhone().intercept(request -> request.template().equals("/v1/conversations")
                ? Fault.delayed(Duration.ofSeconds(2))
                : Fault.none());
        var asked = Instant.now();

        var run = bench.start("{}");

        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(bench.run(run).get("listed_at")).isNull();
    }

    @Test
    @Landing
    void a_document_is_kept_as_it_was_received() {
        bench.importAll();

        var message = bench.openPhone().workspace().threads().messages().getFirst();
        var payload = bench.database().value("SELECT payload::text FROM messages WHERE id = ?", message.id());
        assertThat(Json.read(String.valueOf(payload)
                .getBytes(StandardCharsets.UTF_8)).path("text").asText()).isEqualTo(message.text());
    }

    private void assertEverythingIsStored() {
        var workspace = bench.openPhone().workspace();
        var database = bench.database();
        assertThat(database.ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(database.ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(database.ids("calls")).isEqualTo(new TreeSet<>(workspace.calls().ids()));
        assertThat(database.size("media")).isEqualTo(files(workspace));
    }

    private static long files(SampleWorkspace workspace) {
        var calls = workspace.calls();
        long attachments = workspace.threads().messages().stream().mapToLong(message -> message.attachments().size()).sum();
        long recordings = calls.ids().stream().flatMap(call -> calls.recordings(call).stream())
                .filter(recording -> recording.url() != null).count();
        long voicemails = calls.voicemails().entrySet().stream().filter(call -> calls.ids().contains(call.getKey()))
                .filter(call -> call.getValue().recordingUrl() != null).count();
        return attachments + recordings + voicemails;
    }

    private void assertCountersEqualRows(Row run) {
        var database = bench.database();
        for (var counted : new String[] { "conversations", "messages", "calls" }) {
            assertThat(run.number("processed_" + counted)).as(counted).isEqualTo(database.size(counted));
            assertThat(run.number("total_" + counted)).as(counted).isEqualTo(database.size(counted));
        }
        assertThat(run.number("total_media"))
                .isEqualTo(database.count("SELECT count(*) FROM media WHERE last_run_id = ?", run.uuid("id")));
        assertThat(database.rows("""
                SELECT * FROM import_conversations AS reading
                WHERE reading.run_id = ? AND (reading.status <> 'done' OR reading.completed_at IS NULL
                    OR reading.messages <> (SELECT count(*) FROM messages AS stored
                        WHERE stored.conversation_id = reading.conversation_id)
                    OR reading.calls <> (SELECT count(*) FROM calls AS stored
                        WHERE stored.conversation_id = reading.conversation_id))
                """, run.uuid("id"))).isEmpty();
        assertThat(run.text("errors")).isEqualTo("[]");
    }
}
