package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Gate;
import org.openphoneimport.testsupport.HeldAnswer;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The key may be another one at any moment: one of the same workspace goes on, another workspace's never reads a row. */
@QuarkusTest
class ForeignKeyTest {

    private static final String FOREIGN = "This database holds another workspace: none of its numbers and users belong to the "
            + "workspace of this API key. Use a database of its own for each workspace";

    private final Bench bench = Bench.get();

    @Inject
    Actions actions;
    @Inject
    Webhooks webhooks;

    private SampleWorkspace workspace;

    @BeforeEach
    void serve_a_workspace_of_its_own() {
        bench.reset();
        workspace = Bench.workspace(20);
        bench.openPhone().serve(workspace);
    }

    @Test
    @Thorough
    void a_paused_run_is_not_resumed_with_another_workspaces_key_but_with_a_new_one_of_its_own() {
        var run = heldAt("/v1/messages");
        actions.pause(run);
        bench.openPhone().intercept(Interceptor.NONE);
        anotherKeyIsSet();
        bench.openPhone().serve(anotherWorkspace());

        assertRefused(run, "resume");
        assertThat(bench.run(run).text("status")).isEqualTo("paused");
        assertThat(bench.invoke("keep-runs", "{\"action\":\"resume\",\"runId\":\"" + run + "\"}").error()).isEqualTo(FOREIGN);

        bench.openPhone().serve(workspace);
        bench.openPhone().requests().reset();
        RestAssured.given().post("/api/runs/{id}/resume", run).then().statusCode(200);

        assertThat(bench.awaitEnd(run).text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).isEqualTo(workspace.threads().messageIds());
        // One to see whose the key is, one to verify.
        assertThat(bench.openPhone().requests().count("/v1/phone-numbers")).isEqualTo(2);
        assertThat(bench.run(run).text("key_hash")).isNotEqualTo("before");
    }

    @Test
    void a_run_that_has_ended_is_neither_retried_nor_verified_nor_repaired_with_another_workspaces_key() {
        var run = bench.importAll().uuid("id");
        bench.database().execute("UPDATE import_runs SET status = 'failed'");
        bench.database().execute("UPDATE verifications SET status = 'discrepancies'");
        anotherKeyIsSet();
        bench.openPhone().serve(anotherWorkspace());

        for (var action : new String[] { "retry", "verify", "repair" }) {
            assertRefused(run, action);
        }

        assertThat(bench.run(run).text("status")).isEqualTo("failed");
        assertThat(bench.database().size("verifications WHERE status = 'running'")).isZero();
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "/v1/users", "/v1/conversations", "/v1/messages", "/v1/call-recordings/{callId}" })
    void a_run_that_would_go_on_with_another_workspaces_key_pauses_itself_and_says_why(String template) {
        var run = goesOnWithAnotherKey(template, anotherWorkspace());

        bench.soon().until(() -> bench.run(run).text("status").equals("paused"));

        assertThat(bench.run(run).text("reason")).startsWith(FOREIGN);
        assertThat(workspace.threads().messageIds()).containsAll(bench.database().ids("messages"));
        assertThat(workspace.threads().conversationIds()).containsAll(bench.database().ids("conversations"));
    }

    @Test
    @Landing
    void a_run_goes_on_with_a_new_key_of_its_workspace_which_is_asked_about_once() {
        var run = goesOnWithAnotherKey("/v1/messages", workspace);

        assertThat(bench.awaitEnd(run).text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().count("/v1/phone-numbers")).isEqualTo(2);
        assertThat(bench.run(run).text("key_hash")).isNotEqualTo("before");
    }

    @Test
    @Landing
    void a_verification_that_would_go_on_with_another_workspaces_key_says_why_and_marks_nothing() {
        var run = bench.importAll().uuid("id");
        var gate = Gate.of("/v1/phone-numbers");
        bench.openPhone().intercept(gate);
        RestAssured.given().post("/api/runs/{id}/verify", run).then().statusCode(200);
        bench.soon().until(gate::isWaitedAt);
        anotherKeyIsSet();
        bench.openPhone().serve(anotherWorkspace());
        gate.open();

        bench.soon().until(() -> bench.database().size("verifications WHERE status = 'running'") == 0);

        assertThat(bench.database().row("SELECT finding FROM verifications ORDER BY id DESC LIMIT 1").text("finding"))
                .contains(FOREIGN);
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertThat(bench.database().size("phone_numbers WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    @Landing
    void a_part_of_a_call_is_not_asked_for_with_another_workspaces_key() {
        bench.importAll();
        anotherKeyIsSet();
        bench.openPhone().serve(anotherWorkspace());
        bench.openPhone().requests().reset();
        bench.database()
                .execute("UPDATE call_parts SET status = 'waiting', due_at = clock_timestamp() WHERE kind = 'transcript'");

        bench.soon().until(() -> bench.openPhone().requests().count("/v1/phone-numbers") > 0);

        assertThat(bench.openPhone().requests().count("/v1/call-transcripts/{id}")).isZero();
    }

    @Test
    void webhooks_are_neither_listed_nor_made_with_another_workspaces_key() {
        bench.importAll();
        anotherKeyIsSet();
        bench.openPhone().serve(anotherWorkspace());
        bench.openPhone().requests().reset();

        assertThatThrownBy(() -> webhooks.list(new Caller(null, Instant.now().plusSeconds(10)), null))
                .isInstanceOf(OpenPhoneException.KeyRefused.class).hasMessage(FOREIGN);

        assertThat(bench.openPhone().requests().count(request -> request.path().contains("webhooks"))).isZero();
    }

    @Test
    @Landing
    void after_everything_was_cleared_any_workspace_may_be_imported_and_then_only_that() {
        var run = bench.importAll().uuid("id");
        var clear = "{\"clear\":\"" + run.toString().substring(0, 8) + "\"}";
        var other = anotherWorkspace();
        bench.openPhone().serve(other);

        assertThat(bench.awaitEnd(bench.start(clear)).text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).isEqualTo(other.threads().messageIds());
        assertThat(bench.database().size("workspace_keys")).isEqualTo(1);
    }

    /** A run whose workers go on with another key, as after a restart. */
    private UUID goesOnWithAnotherKey(String template, SampleWorkspace serves) {
        var held = new HeldAnswer(request -> request.template().equals(template));
        bench.openPhone().intercept(held);
        var run = bench.start("{}");
        // The others of their kind, which are asked for side by side, have been answered by then.
        bench.soon().until(() -> held.isHeld() && (!template.equals("/v1/messages") || bench.openPhone().requests()
                .count(template) >= bench.database()
                        .size("import_conversations WHERE same_thread_as IS NULL AND batch_id IS NOT NULL")));
        anotherKeyIsSet();
        bench.openPhone().requests().reset();
        bench.openPhone().serve(serves);
        held.release();
        return run;
    }

    private UUID heldAt(String template) {
        var gate = Gate.of(template);
        bench.openPhone().intercept(gate);
        var run = bench.start("{}");
        bench.soon().until(gate::isWaitedAt);
        return run;
    }

    /** The server takes only one key, so it is the known one that changes. */
    private void anotherKeyIsSet() {
        bench.database().execute("UPDATE workspace_keys SET key_hash = 'before'");
        bench.database().execute("UPDATE import_runs SET key_hash = 'before'");
    }

    private static SampleWorkspace anotherWorkspace() {
        return SampleWorkspace.generate(Bench.sample(5).withSeed(2));
    }

    private void assertRefused(UUID run, String action) {
        assertThat(RestAssured.given().post("/api/runs/{id}/{action}", run, action).then().statusCode(409).extract().jsonPath()
                .getString("error")).as(action).isEqualTo(FOREIGN);
    }
}
