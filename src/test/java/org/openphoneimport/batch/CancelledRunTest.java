package org.openphoneimport.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Gate;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that was waiting for OpenPhone when its run was cancelled stores nothing of what it receives afterwards. */
@QuarkusTest
class CancelledRunTest {

    private static final String[] IMPORTED = { "conversations", "messages", "calls", "call_parts", "call_recordings",
            "call_voicemails", "call_transcripts", "call_summaries", "conversation_records", "phone_numbers", "users",
            "contacts", "contact_phone_numbers", "contact_custom_fields", "tasks", "organization", "phone_number_hours",
            "phone_number_members", "phone_number_settings", "contact_notes", "contact_properties", "contact_shares",
            "directory_parts", "media", "import_media" };

    private final Bench bench = Bench.get();

    @Inject
    Actions actions;

    private SampleWorkspace workspace;

    @BeforeEach
    void serve_a_workspace_of_its_own() {
        bench.reset();
        workspace = Bench.workspace(20);
        bench.openPhone().serve(workspace);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/users", "/v1/contacts", "/v1/contact-custom-fields", "/v1/tasks", "/v1/conversations",
            "/v1/messages",
            "/v1/calls", "/v1/call-recordings/{callId}" })
    void what_a_cancelled_run_receives_after_the_data_were_cleared_is_not_stored(String template) {
        assertNothingIsStoredAfterAClear(template, () -> bench.start("{}"));
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(strings = { "/conversations", "/messages", "/calls", "/calls/{callId}/recordings",
            "/phone-numbers/{phoneNumberId}/users",
            "/contacts/{contactId}/shares" })
    void neither_is_it_through_the_dated_api(String template) {
        assertNothingIsStoredAfterAClear(template, bench::startDated);
    }

    private void assertNothingIsStoredAfterAClear(String template, Supplier<UUID> start) {
        // Whether the dated API is there is asked with pages of one row.
        var gate = new Gate(request -> request.template().equals(template)
                && !request.parameter("limit").orElse("").equals("1"));
        bench.openPhone().intercept(gate);
        var run = start.get();
        bench.soon().until(gate::isWaitedAt);

        actions.cancel(run);
        clear(run);
        gate.open();

        awaitIdleWorkers();
        assertThat(bench.database().sizes(IMPORTED).values()).as(bench.database().sizes(IMPORTED).toString()).containsOnly(0L);
    }

    @Test
    @Landing
    void what_a_cancelled_run_receives_late_is_the_next_ones() {
        var gate = Gate.of("/v1/messages");
        bench.openPhone().intercept(gate);
        var cancelled = bench.start("{}");
        bench.soon().until(gate::isWaitedAt);
        actions.cancel(cancelled);
        // The next one may read, but not come to its end.
        var end = Gate.of("/v1/call-recordings/{callId}");
        bench.openPhone().intercept(end);
        var next = bench.start("{}");
        bench.soon().until(end::isWaitedAt);

        gate.open();
        bench.soon().until(() -> bench.database().count("""
                SELECT count(*) FROM import_batches WHERE run_id = ? AND lease_owner IS NOT NULL
                """, cancelled) == 0);
        bench.openPhone().intercept(Interceptor.NONE);
        end.open();

        assertThat(bench.awaitEnd(next).text("status")).isEqualTo("completed");
        assertThat(bench.database().count("SELECT count(*) FROM messages WHERE last_run_id <> ?", next)).isZero();
        assertThat(bench.database().size("messages WHERE absent_since IS NOT NULL")).isZero();
        assertThat(bench.run(cancelled).number("processed_messages")).isZero();
    }

    @Test
    @Landing
    void a_part_of_a_call_that_comes_after_the_data_were_cleared_is_not_stored() {
        var call = workspace.calls().calls().stream().filter(SampleCall::answered).findFirst().orElseThrow();
        workspace.calls().put(new SampleTranscript(call.id(), call.createdAt(), null, 1, "in-progress"));
        var run = bench.importAll();
        var gate = Gate.of("/v1/call-transcripts/{id}");
        bench.openPhone().intercept(gate);
        bench.database().execute("UPDATE call_parts SET due_at = clock_timestamp() WHERE call_id = ?", call.id());
        bench.soon().until(gate::isWaitedAt);

        clear(run.uuid("id"));
        gate.open();

        bench.soon().until(() -> bench.database().count("""
                SELECT count(*) FROM keep_leases WHERE task = 'late parts' AND lease_until > clock_timestamp()
                """) == 0);
        assertThat(bench.database().sizes(IMPORTED).values()).as(bench.database().sizes(IMPORTED).toString()).containsOnly(0L);
        assertThat(bench.database().size("import_issues WHERE resolved_at IS NULL AND level = 'error'")).isZero();
    }

    private void clear(UUID run) {
        RestAssured.given().body(Map.of("confirm", run.toString().substring(0, 8)))
                .contentType("application/json").post("/api/imported-data/clear").then().statusCode(204);
    }

    private void awaitIdleWorkers() {
        bench.soon().atMost(Duration.ofSeconds(15)).until(() -> List.of("import_batches WHERE lease_owner IS NOT NULL",
                "import_runs WHERE listing_lease_owner IS NOT NULL").stream().mapToLong(bench.database()::size).sum() == 0);
    }
}
