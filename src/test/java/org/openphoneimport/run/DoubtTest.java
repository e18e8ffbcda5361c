package org.openphoneimport.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Pause;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What was read is doubted when something shows that it is not here, until it has been read again. */
@QuarkusTest
class DoubtTest extends SmallWorkspace {

    @Test
    @Thorough
    void rows_that_vanished_are_missing_as_long_as_no_repair_has_brought_them() {
        bench.importAllDated();
        assertThat(workspace().path("complete").asBoolean()).as(workspace().toString()).isTrue();
        var one = conversations().stream().filter(each -> workspace.threads().messages().stream()
                .filter(message -> message.conversationId().equals(each.id())).count() > 3).findFirst().orElseThrow();
        int gone = bench.database().execute("""
                DELETE FROM messages WHERE conversation_id = ?
                    AND id NOT IN (SELECT last_activity_id FROM conversations WHERE last_activity_id IS NOT NULL)
                """, one.id());
        assertThat(gone).isPositive();
        var asked = new AtomicInteger();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") && asked.incrementAndGet() > 1
                ? Fault.status(500)
                : Fault.none());
        reconcile(Api.V1);
        bench.openPhone().intercept(request -> Fault.none());
        reconcile(Api.V1);
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
    }

    @Test
    @Landing
    void what_came_before_a_gap_was_accepted_is_read() {
        var one = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/calls") ? Fault.status(403) : Fault.none());
        var id = bench.importAll().uuid("id");
        workspace.addMessage("ACone", one.id(), "One", Instant.now());
        workspace.addMessage("ACtwo", one.id(), "Two", Instant.now().plusMillis(10));
        Pause.millis(200);
        accept(id, "{\"reason\":\"Its calls are not needed\"}", 200);
        reconcile(Api.V1);
        assertThat(bench.database().ids("messages")).contains("ACtwo").contains("ACone");
    }

    @Test
    @Landing
    void calls_of_groups_that_vanished_are_missing() {
        bench.importAllDated();
        assertThat(workspace().path("complete").asBoolean()).isTrue();
        int gone = bench.database().execute("""
                DELETE FROM calls WHERE id IN (SELECT call.id FROM calls AS call JOIN conversations AS conversation
                    ON conversation.id = call.conversation_id WHERE cardinality(conversation.participants) > 1)
                    AND id NOT IN (SELECT last_activity_id FROM conversations WHERE last_activity_id IS NOT NULL)
                """);
        assertThat(gone).isPositive();
        bench.reconcileDated();
        assertThat(workspace().path("complete").asBoolean()).isFalse();
    }

    @Test
    @Thorough
    void what_is_refused_is_unavailable_also_when_everything_is_read_again() {
        var one = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/calls") ? Fault.status(403) : Fault.none());
        var id = bench.importAll().uuid("id");
        accept(id, "{\"reason\":\"Its calls are not needed\"}", 200);
        assertThat(missing()).isZero();
        RestAssured.given().body("{\"full\":true}").post("/api/runs/{id}/verify", id).then().statusCode(200);
        bench.soon().until(() -> bench.database().count("SELECT count(*) FROM verifications WHERE status = 'running'") == 0
                && bench.database().count("SELECT count(*) FROM verifications") > 1);
        assertThat(missing()).isZero();
    }

    @Test
    @Landing
    void a_run_whose_data_were_cleared_is_not_tried_again() {
        var one = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") ? Fault.status(500) : Fault.none());
        var failed = bench.importAll();
        assertThat(failed.text("status")).isEqualTo("failed");
        bench.openPhone().intercept(request -> Fault.none());
        RestAssured.given().body("{\"confirm\":\"%s\"}".formatted(failed.uuid("id").toString().substring(0, 8)))
                .post("/api/imported-data/clear").then().statusCode(204);

        for (var action : List.of("retry", "repair", "verify")) {
            RestAssured.given().post("/api/runs/{id}/{action}", failed.uuid("id"), action).then().statusCode(409);
        }
    }

    @Test
    @Landing
    void what_a_member_sees_a_part_of_proves_nothing() {
        // One that is not the last activity, also on the number whose member the key's owner is not.
        workspace.threads().conversations().stream().filter(one -> one.participants().size() == 1)
                .filter(one -> one.lastActivityAt() != null).forEach(one -> workspace.addMessage("AC" + one.id(), one.id(),
                        "Hello", Objects.requireNonNull(one.lastActivityAt()).minus(Duration.ofDays(1))));
        bench.importAllDated();
        var row = bench.database()
                .rows("""
                        SELECT message.id, message.phone_number_id, message.conversation_id FROM messages AS message
                        JOIN phone_numbers AS own ON own.id = message.phone_number_id AND own.ask_as IS NOT NULL
                        JOIN conversations AS conversation ON conversation.id = message.conversation_id
                        WHERE message.direction = 'incoming' AND cardinality(conversation.participants) = 1
                            AND message.id NOT IN (SELECT last_activity_id FROM conversations WHERE last_activity_id IS NOT NULL) LIMIT 1
                        """)
                .getFirst();
        bench.database().execute("DELETE FROM messages WHERE id = ?", row.text("id"));
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages")
                && request.parameter("userId").isEmpty()
                && request.parameter("phoneNumberId").orElse("").equals(row.text("phone_number_id"))
                        ? Fault.status(403)
                        : Fault.none());
        reconcile(Api.V1);
        assertThat(workspace().path("complete").asBoolean()).as(workspace().toString()).isFalse();
        assertThat(open("conversations that OpenPhone refuses")).isPositive();
        assertThat(bench.database().size("messages WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    @Thorough
    void what_was_found_by_its_id_leaves_its_conversation_unread() {
        bench.importAllDated();
        assertThat(workspace().path("complete").asBoolean()).isTrue();
        var one = conversations().getFirst();
        var past = Instant.now().minus(Duration.ofDays(20));
        workspace.addMessage("AClateone", one.id(), "One", past);
        workspace.addMessage("AClatetwo", one.id(), "Two", past.plusSeconds(5));
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") ? Fault.status(500) : Fault.none());
        reconcile(Api.V1);
        bench.openPhone().intercept(request -> Fault.none());
        reconcile(Api.V1);
        assertThat(bench.database().ids("messages")).contains("AClatetwo").contains("AClateone");
    }

    @ParameterizedTest
    @Landing
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void what_a_list_has_left_out_and_openphone_has_deleted_since_leaves_no_gap(Api api) {
        var one = conversations().getFirst();
        workspace.addMessage("AChidden", one.id(), "One", Instant.now().minus(Duration.ofDays(2)));
        bench.openPhone().intercept(request -> request.path().endsWith("/messages") ? Fault.without(Set.of("AChidden"))
                : Fault.none());
        bench.awaitEnd(bench.start("{}", api));
        assertThat(bench.database().value("SELECT id FROM found_by_id")).isEqualTo("AChidden");

        // It has gone, and the conversation does not name it any more.
        workspace.threads().put(one);
        bench.openPhone().intercept(request -> request.path().endsWith("/messages/AChidden") ? Fault.status(404)
                : request.path().endsWith("/messages") ? Fault.without(Set.of("AChidden")) : Fault.none());
        reconcile(api);
        assertThat(bench.database().size("found_by_id")).isZero();
        assertThat(bench.database().size("""
                conversation_records AS record WHERE messages <> (SELECT count(*) FROM messages
                    WHERE conversation_id = record.conversation_id AND absent_since IS NULL)
                """)).isZero();

        reconcile(api);
        assertThat(bench.database().ids("messages WHERE absent_since IS NOT NULL")).containsExactly("AChidden");
        assertThat(workspace().path("open").toString()).doesNotContain("leave out", "refuses", "missing");
    }

    /** The last activity is given by its id, and what came before it nowhere. */
    @Test
    @Landing
    void a_conversation_whose_list_leaves_out_its_end_is_unavailable_until_it_is_shown() {
        var one = conversations().getFirst();
        var past = Instant.now().minus(Duration.ofDays(2));
        workspace.addMessage("AChiddenone", one.id(), "One", past);
        workspace.addMessage("AChiddentwo", one.id(), "Two", past.plusSeconds(5));
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages")
                ? Fault.without(Set.of("AChiddenone", "AChiddentwo"))
                : Fault.none());
        bench.awaitEnd(bench.start("{}", Api.V1));

        for (int night = 0; night < 2; night++) {
            reconcile(Api.V1);
            assertThat(bench.database().ids("messages")).contains("AChiddentwo").doesNotContain("AChiddenone");
            assertThat(refused()).as("%s", workspace()).isEqualTo(1);
        }
        assertThat(missing()).as("no run can bring it").isZero();

        bench.openPhone().intercept(request -> Fault.none());
        reconcile(Api.V1);
        assertThat(bench.database().ids("messages")).contains("AChiddenone");
        assertThat(bench.database().size("found_by_id")).isZero();
        assertThat(refused()).isZero();
    }

    private long refused() {
        return bench.database()
                .count("SELECT count(*) FROM conversation_records WHERE messages_refused LIKE '%leaves out AChiddentwo%'");
    }

    @Test
    @Landing
    void a_conversation_that_only_rows_name_is_not_missing_for_ever() {
        bench.importAllDated();
        bench.database().execute("""
                INSERT INTO conversations (id, phone_number_id, participants, thread_key, payload)
                SELECT 'CNunlisted', id, '{12345}', id || ' 12345', '{}' FROM phone_numbers LIMIT 1
                """);
        for (int night = 0; night < 3; night++) {
            reconcile(Api.V1);
        }
        assertThat(missing()).isZero();
    }

    @Test
    @Landing
    void what_is_complete_has_been_compared_since_it_was_cleared() {
        var first = bench.importAllDated();
        assertThat(workspace().path("complete").asBoolean()).isTrue();
        var second = bench.awaitEnd(bench.start("{\"clear\":\"%s\"}".formatted(first.uuid("id").toString().substring(0, 8)),
                Api.DATED));
        // As if it had been cancelled while it was being verified.
        bench.database().execute("DELETE FROM verifications WHERE run_id = ?", second.uuid("id"));
        bench.database().execute("UPDATE import_runs SET status = 'cancelled' WHERE id = ?", second.uuid("id"));
        assertThat(workspace().path("complete").asBoolean()).isFalse();
    }

    @Test
    @Landing
    void a_conversation_row_that_somebody_deletes_stops_no_run() {
        var one = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") ? Fault.status(500) : Fault.none());
        var id = bench.importAll().uuid("id");
        bench.openPhone().intercept(request -> Fault.none());
        bench.database().execute("DELETE FROM conversations WHERE id = ?", one.id());
        RestAssured.given().post("/api/runs/{id}/retry", id).then().extract().statusCode();
        assertThat(bench.awaitEnd(id).text("status")).isEqualTo("failed");
    }

    @Test
    @Landing
    void a_window_does_not_forget_what_vanished_behind_it() {
        bench.importAllDated();
        var one = conversations().stream().filter(each -> workspace.threads().messages().stream()
                .filter(message -> message.conversationId().equals(each.id())).count() > 3).findFirst().orElseThrow();
        var to = workspace.threads().messages().stream().filter(message -> message.conversationId().equals(one.id()))
                .map(message -> message.createdAt()).min(Comparator.naturalOrder()).orElseThrow().plusSeconds(1);
        bench.database().execute("""
                DELETE FROM messages WHERE conversation_id = ? AND created_at > CAST(? AS timestamptz)
                    AND id NOT IN (SELECT last_activity_id FROM conversations WHERE last_activity_id IS NOT NULL)
                """, one.id(), to.toString());
        bench.awaitEnd(bench.start("{\"from\":\"%s\",\"to\":\"%s\"}".formatted(to.minus(Duration.ofDays(30)), to)));
        reconcile(Api.V1);
        var lacks = new TreeSet<>(workspace.threads().messageIds());
        lacks.removeAll(bench.database().ids("messages"));
        assertThat(lacks).isEmpty();
    }

    @Test
    @Landing
    void what_a_full_verification_missed_stays_missing() {
        var run = bench.importAllDated();
        var one = conversations().stream().filter(each -> workspace.threads().messages().stream()
                .filter(message -> message.conversationId().equals(each.id())).count() > 3).findFirst().orElseThrow();
        var newest = workspace.threads().messages().stream().filter(message -> message.conversationId().equals(one.id()))
                .map(message -> message.createdAt()).max(Comparator.naturalOrder()).orElseThrow();
        // A page that came without it, or a row that stands there late.
        workspace.addMessage("AClate", one.id(), "Late", newest.minusSeconds(60));
        RestAssured.given().body("{\"full\":true}").post("/api/runs/{id}/verify", run.uuid("id")).then().statusCode(200);
        bench.soon().until(() -> bench.database().count("SELECT count(*) FROM verifications WHERE status = 'running'") == 0
                && bench.database().count("SELECT count(*) FROM verifications") > 1);
        assertThat(missing()).isPositive();
        reconcile(Api.V1);
        assertThat(bench.database().ids("messages").contains("AClate") || missing() > 0).isTrue();
    }

    @Test
    @Landing
    void what_v1_refuses_is_read_through_the_other_api() {
        var one = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") || isOf(one, request, "/v1/calls")
                ? Fault.status(400)
                : Fault.none());
        bench.importAll();
        // As if there were no groups.
        bench.database().execute(
                "UPDATE conversation_records SET calls_read = messages_read WHERE calls_read = '{}' AND messages_read <> '{}'");
        reconcile(Api.DATED);
        assertThat(open("conversations that OpenPhone refuses")).isZero();
    }

    @Test
    @Landing
    void what_was_accepted_after_a_window_is_read_before_it() {
        var one = conversations().stream().filter(each -> workspace.threads().messages().stream()
                .filter(message -> message.conversationId().equals(each.id())).count() > 3).findFirst().orElseThrow();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/calls") ? Fault.status(403) : Fault.none());
        var window = bench.awaitEnd(bench.start("{\"from\":\"%s\"}".formatted(SampleWorkspace.END)));
        accept(window.uuid("id"), "{\"reason\":\"Its calls are not needed\"}", 200);
        reconcile(Api.V1);
        var lacks = new TreeSet<>(workspace.threads().messageIds());
        lacks.removeAll(bench.database().ids("messages"));
        assertThat(lacks).isEmpty();
    }

    @Test
    @Landing
    void rows_that_vanished_and_are_refused_now_are_named() {
        bench.importAllDated();
        var one = conversations().stream().filter(each -> workspace.threads().messages().stream()
                .filter(message -> message.conversationId().equals(each.id())).count() > 3).findFirst().orElseThrow();
        bench.database().execute("""
                DELETE FROM messages WHERE conversation_id = ?
                    AND id NOT IN (SELECT last_activity_id FROM conversations WHERE last_activity_id IS NOT NULL)
                """, one.id());
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") || isOf(one, request, "/v1/calls")
                ? Fault.status(404)
                : Fault.none());
        reconcile(Api.V1);
        assertThat(workspace().path("complete").asBoolean()).isFalse();
    }

    @Test
    @Landing
    void a_directory_that_is_refused_for_good_can_be_accepted() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/contacts") ? Fault.status(403) : Fault.none());
        var run = bench.importAll();
        assertThat(run.text("status")).isEqualTo("completed");
        accept(run.uuid("id"), "{\"reason\":\"No contacts\"}", 200);
        assertThat(workspace().path("complete").asBoolean()).isTrue();
    }

    @Test
    @Landing
    void a_last_activity_that_is_listed_and_not_stored_is_missing() {
        var first = bench.importAllDated();
        assertThat(workspace().path("complete").asBoolean()).isTrue();
        var one = conversations().getFirst();
        workspace.addMessage("ACclock", one.id(), "Hello", first.time("created_at").minusMillis(500));
        bench.openPhone().intercept(request -> request.path().endsWith("/messages") ? Fault.delayed(Duration.ofSeconds(2))
                : Fault.none());
        var id = bench.start("{\"type\":\"reconciliation\"}", Api.V1);
        bench.soon().until(() -> bench.database().count("SELECT count(*) FROM import_batches WHERE run_id = ?", id) > 0);
        RestAssured.given().post("/api/runs/{id}/cancel", id).then().statusCode(200);
        bench.openPhone().intercept(request -> Fault.none());
        bench.awaitEnd(id);
        assertThat(workspace().path("complete").asBoolean()).isFalse();
    }

    @Test
    @Landing
    void what_was_refused_before_the_rest_was_not_answered_is_asked_for_by_a_retry() {
        var one = conversations().getFirst();
        bench.openPhone().intercept(request -> isOf(one, request, "/v1/messages") ? Fault.status(403)
                : isOf(one, request, "/v1/calls") ? Fault.status(500) : Fault.none());
        var failed = bench.importAll();
        bench.openPhone().intercept(request -> Fault.none());
        RestAssured.given().post("/api/runs/{id}/retry", failed.uuid("id")).then().statusCode(200);
        bench.awaitEnd(failed.uuid("id"));
        assertThat(open("conversations that OpenPhone refuses")).isZero();
        assertEverythingIsStored(Api.V1);
    }

    private void accept(UUID run, String payload, int status) {
        RestAssured.given().body(payload).post("/api/runs/{id}/accept", run).then().statusCode(status);
    }
}
