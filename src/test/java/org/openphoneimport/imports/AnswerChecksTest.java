package org.openphoneimport.imports;

import java.util.List;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers to another question than was asked: no row is lost or stored where it does not belong, and the trouble is named. */
@QuarkusTest
class AnswerChecksTest {

    private final Bench bench = Bench.get();
    private SampleWorkspace workspace;
    private SampleConversation asked;
    private SampleConversation other;

    @BeforeEach
    void serve_a_workspace_of_its_own() {
        bench.reset();
        workspace = Bench.workspace(28);
        bench.openPhone().serve(workspace);
        var own = workspace.directory().phoneNumbers().getFirst().id();
        asked = workspace.addConversation("CNasked", own, List.of("+12025550101"), SampleWorkspace.END);
        other = workspace.addConversation("CNother", own, List.of("+12025550102"), SampleWorkspace.END);
        workspace.addMessage("ACasked", asked.id(), "Asked", SampleWorkspace.END);
        workspace.addMessage("ACother", other.id(), "Other", SampleWorkspace.END);
    }

    @Test
    @Landing
    void a_message_of_another_conversation_is_stored_with_that_one_and_named_once() {
        bench.openPhone().intercept(request -> isAsked(request, "/v1/messages") ? Fault.changed(answer -> {
            rows(answer).add(stranger());
            return answer;
        }) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(conversationOf("messages", "ACstranger")).isEqualTo(other.id());
        assertThat(conversationOf("messages", "ACasked")).isEqualTo(asked.id());
        assertThat(issues(run, "warning", "other messages")).singleElement().asString()
                .startsWith("OpenPhone answers with rows of other conversations than it was asked for");
    }

    @Test
    void a_conversation_that_is_answered_with_others_alone_is_an_error_and_their_rows_are_kept() {
        bench.openPhone().intercept(request -> isAsked(request, "/v1/messages") ? Fault.changed(answer -> {
            rows(answer).removeAll().add(stranger());
            return answer;
        }) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(issues(run, "error", asked.id())).singleElement().asString()
                .startsWith("OpenPhone answers with other conversations than it was asked for: GET /v1/messages?");
        assertThat(conversationOf("messages", "ACstranger")).isEqualTo(other.id());
    }

    @Test
    @Landing
    void a_call_of_another_conversation_is_stored_with_that_one_and_named_once() {
        var call = call("ACcall", "+12025550101");
        workspace.addCall(call, asked.id());
        bench.openPhone().intercept(request -> isAsked(request, "/v1/calls") ? Fault.changed(answer -> {
            rows(answer).add(Json.tree(call("ACstranger", "+12025550102")));
            return answer;
        }) : Fault.none());

        var run = bench.importAll();

        assertThat(conversationOf("calls", "ACstranger")).isEqualTo(other.id());
        assertThat(conversationOf("calls", "ACcall")).isEqualTo(asked.id());
        assertThat(issues(run, "warning", "other calls")).hasSize(1);
    }

    @Test
    @Landing
    void a_list_that_does_not_come_newest_first_is_read_whole_and_named_once() {
        bench.openPhone().intercept(request -> List.of("/messages", "/calls").contains(request.path())
                ? Fault.changed(AnswerChecksTest::reversed)
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).containsAll(workspace.threads().messageIds());
        assertThat(bench.database().ids("calls")).containsAll(workspace.calls().ids());
        assertThat(issues(run, "warning", "order of messages")).singleElement().asString()
                .isEqualTo(
                        "OpenPhone does not list them newest first, so a slice that is interrupted is read from its beginning");
    }

    private boolean isAsked(SampleRequest request, String path) {
        return request.path().equals(path)
                && request.parameters().getOrDefault("participants", List.of()).equals(asked.participants());
    }

    /** Of the other conversation, which it does not name: only number and parties tell. */
    private JsonNode stranger() {
        ObjectNode message = Json.object(workspace.threads().message("ACother").orElseThrow());
        message.put("id", "ACstranger").remove("conversationId");
        return message;
    }

    private SampleCall call(String id, String party) {
        var own = workspace.directory().phoneNumbers().getFirst();
        return new SampleCall(null, null, null, "incoming", "missed", SampleWorkspace.END, SampleWorkspace.END, null, 0, null,
                null,
                null, id, own.id(), List.of(party, own.number()), SampleWorkspace.END, own.users().getFirst().id());
    }

    private static ArrayNode rows(JsonNode answer) {
        return (ArrayNode) answer.path("data");
    }

    private static JsonNode reversed(JsonNode answer) {
        var rows = StreamSupport.stream(answer.path("data").spliterator(), false).toList().reversed();
        rows(answer).removeAll().addAll(rows);
        return answer;
    }

    private @Nullable Object conversationOf(String table, String id) {
        return bench.database().value("SELECT conversation_id FROM " + table + " WHERE id = ?", id);
    }

    private List<String> issues(Row run, String level, String subject) {
        return bench.database().rows("SELECT what FROM import_issues WHERE run_id = ? AND level = ? AND subject_id = ?",
                run.uuid("id"), level, subject).stream().map(row -> row.text("what")).toList();
    }
}
