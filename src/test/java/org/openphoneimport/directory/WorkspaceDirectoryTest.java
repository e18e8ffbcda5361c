package org.openphoneimport.directory;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.document.SampleTask;
import org.openphoneimport.local.sample.document.SampleUser;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What the workspace holds beside its people: its name, its tasks, how its numbers are set. */
@QuarkusTest
class WorkspaceDirectoryTest {

    private final Bench bench = Bench.get();
    private SampleWorkspace workspace = Bench.workspace(10);

    @Inject
    Actions actions;

    @BeforeEach
    void serve_a_small_workspace() {
        bench.reset();
        bench.openPhone().serve(workspace);
    }

    @Test
    @Landing
    void the_organization_is_stored_and_names_the_workspace_on_the_page() {
        bench.importAllDated();

        var row = bench.database().row("SELECT * FROM organization");
        assertThat(row.text("name")).isEqualTo("Northside Bikes");
        assertThat(row.text("subscription_status")).isEqualTo("active");
        assertThat(row.text("payload")).contains("Northside Bikes");
        assertThat(RestAssured.given().get("/").asString()).contains("Northside Bikes");
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    @Landing
    void an_expired_subscription_is_said_and_ends_nothing() {
        workspace.extras().subscription("expired");

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE level = 'warning' AND subject = 'organization'"))
                .singleElement().extracting(row -> row.text("what")).asString().contains("subscription has expired");
        assertThat(RestAssured.given().get("/").asString()).contains("Northside Bikes (its subscription has expired)");
    }

    @ParameterizedTest
    @Thorough
    @EnumSource(value = Api.class, names = { "V1", "DATED" })
    void tasks_are_stored_alike_through_either_generation(Api api) {
        var plain = workspace.extras().tasks().getFirst();
        workspace.extras().put(new SampleTask("TKplain", null, null, "completed", null, null, null, plain.createdBy(),
                plain.createdAt(), null, null, null, 12));

        bench.awaitEnd(bench.start("{}", api));

        assertThat(bench.database().rows("SELECT id, status, revision, title, description, due_date, assigned_to, assigned_by, "
                + "created_by, created_at, conversation_id, phone_number_id, activity_id FROM tasks").stream()
                .map(row -> row.columns().toString().replace(".0", "")).sorted().toList())
                .isEqualTo(workspace.extras().tasks().stream().map(WorkspaceDirectoryTest::stored).sorted().toList());
        assertThat(bench.database().size("tasks WHERE status = 'deleted'")).isPositive();
        assertThat(bench.database().size("import_issues")).isZero();
    }

    private static String stored(SampleTask task) {
        var columns = new java.util.LinkedHashMap<String, Object>();
        columns.put("id", task.id());
        columns.put("status", task.status());
        columns.put("revision", task.revision());
        columns.put("title", task.title());
        columns.put("description", task.description());
        columns.put("due_date", task.dueDate() == null ? null : java.sql.Timestamp.from(task.dueDate()));
        columns.put("assigned_to", task.assignedTo());
        columns.put("assigned_by", task.assignedBy());
        columns.put("created_by", task.createdBy());
        columns.put("created_at", java.sql.Timestamp.from(task.createdAt()));
        columns.put("conversation_id", task.conversationId());
        columns.put("phone_number_id", task.phoneNumberId());
        columns.put("activity_id", task.activityId());
        return columns.toString().replace(".0", "");
    }

    @Test
    @Thorough
    void an_older_revision_of_a_task_does_not_replace_a_newer_one() {
        bench.importAllDated();
        var task = workspace.extras().tasks().stream().filter(each -> each.status().equals("open")).findFirst().orElseThrow();
        workspace.extras().put(task.withStatus("completed"));
        bench.importAllDated();
        assertThat(status(task)).isEqualTo("completed");

        workspace.extras().put(task);
        bench.importAllDated();

        assertThat(status(task)).isEqualTo("completed");
    }

    private Object status(SampleTask task) {
        return bench.database().row("SELECT status FROM tasks WHERE id = ?", task.id()).text("status");
    }

    @Test
    @Landing
    void tasks_that_one_generation_refuses_are_asked_of_the_other() {
        bench.openPhone().intercept(request -> request.template().equals("/tasks") ? Fault.status(403) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("tasks")).containsExactlyInAnyOrderElementsOf(
                workspace.extras().tasks().stream().map(SampleTask::id).toList());
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    @Landing
    void a_limit_of_tasks_says_nothing_of_the_key_and_is_named() {
        var limit = Reply.json(402, Map.of("message", "Open Tasks Limit Reached", "code", "0600402", "status", 402, "docs",
                "https://quo.com/docs", "title", "Open Tasks Limit Reached", "trace", "1234567890123456789"));
        bench.openPhone().intercept(request -> request.template().endsWith("/tasks") ? Fault.answer(limit) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(gaps()).isEqualTo("lists of the directory that OpenPhone refuses: tasks unavailable tasks");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
    }

    @Test
    @Landing
    void hours_members_and_settings_of_all_numbers_are_stored() {
        var silent = workspace.directory().phoneNumbers().getFirst().id();
        workspace.extras().recording(silent, false);

        bench.importAllDated();

        var numbers = workspace.directory().phoneNumbers();
        assertThat(bench.database().rows("SELECT phone_number_id, auto_record FROM phone_number_settings").stream()
                .collect(Collectors.toMap(row -> row.text("phone_number_id"), row -> row.get("auto_record"))))
                .isEqualTo(numbers.stream().collect(Collectors.toMap(SamplePhoneNumber::id,
                        number -> workspace.extras().isRecording(number.id()))))
                .containsEntry(silent, false);
        assertThat(bench.database().rows("SELECT phone_number_id || ' ' || user_id AS member FROM phone_number_members"))
                .extracting(row -> row.text("member")).containsExactlyInAnyOrderElementsOf(numbers.stream()
                        .flatMap(number -> number.users().stream().map(user -> number.id() + " " + user.id())).toList());
        assertThat(bench.database().size("phone_number_hours WHERE restrictions IS NOT NULL AND enabled IS NOT NULL"))
                .isEqualTo(numbers.size());
        assertThat(bench.database().size("phone_number_hours WHERE schedule -> 'monday' ->> 'start' = '0900'")).isEqualTo(2);
        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void one_number_that_is_refused_is_named_and_the_others_are_read() {
        var closed = workspace.directory().phoneNumbers().get(3).id();
        workspace.extras().close(closed);

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().size("phone_number_settings")).isEqualTo(11);
        assertThat(
                bench.database().rows("SELECT reason, kind, subject_id FROM workspace_gaps WHERE subject = 'phone number part'")
                        .stream().map(row -> row.text("kind") + " " + row.text("subject_id")))
                .containsExactlyInAnyOrder("unavailable " + closed + " number hours", "unavailable " + closed
                        + " number members", "unavailable " + closed + " number settings");
        assertThat(bench.database().size("discrepancies WHERE kind = 'unavailable' AND subject = 'phone number part'"))
                .isEqualTo(3);
    }

    @Test
    @Landing
    void what_is_refused_for_several_numbers_is_refused_for_all_of_them() {
        bench.openPhone().intercept(request -> request.template().endsWith("/settings") ? Fault.status(403) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().count("/phone-numbers/{phoneNumberId}/settings")).isEqualTo(3);
        assertThat(gaps()).isEqualTo(
                "lists of the directory that OpenPhone refuses: number settings unavailable number settings");
        assertThat(bench.database().size("discrepancies WHERE kind = 'unavailable' AND subject_id = 'number settings'"))
                .isEqualTo(1);

        bench.openPhone().intercept(request -> Fault.none());
        actions.retry(run.uuid("id"));
        bench.awaitEnd(run.uuid("id"));

        assertThat(bench.database().size("phone_number_settings")).isEqualTo(12);
        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void through_v1_alone_what_only_the_other_generation_has_is_left_out_and_said_to_be() {
        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().countByTemplate().keySet())
                .allMatch(path -> path.startsWith("/v1/") || path.contains("webhooks"));
        assertThat(bench.database().ids("tasks")).hasSize(workspace.extras().tasks().size());
        assertThat(gaps()).isEmpty();
        var verification = RestAssured.given().get("/api/runs/{id}/verification", run.uuid("id")).asString();
        assertThat(verification).contains("Left out by configuration: contact notes (OPENPHONE_API=v1)");
        assertThat(RestAssured.given().get("/api/workspace").jsonPath().getString("sentence"))
                .contains("Left out by configuration: contact notes");
    }

    @Test
    @Landing
    void where_the_api_of_2026_is_not_there_at_all_its_lists_are_named_and_nothing_more_is_asked_of_it() {
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.none()
                : Fault.answer(Reply.html(404, "<!DOCTYPE html><title>Not Found</title>")));

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().ids("tasks")).hasSize(workspace.extras().tasks().size());
        assertThat(bench.database().rows("SELECT subject_id FROM workspace_gaps WHERE subject = 'list'"))
                .extracting(row -> row.text("subject_id")).containsExactlyInAnyOrder("organization", "number hours",
                        "number members", "number settings", "contact notes", "contact properties", "contact shares");
        assertThat(bench.openPhone().requests().countByTemplate().keySet())
                .noneMatch(path -> path.startsWith("/phone-numbers") || path.startsWith("/contacts"));
    }

    @Test
    @Thorough
    void where_the_api_of_2026_does_not_answer_at_all_the_run_ends_and_what_it_lacks_is_named() {
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.none() : Fault.status(503));

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().rows("SELECT kind, subject_id FROM workspace_gaps WHERE subject = 'list'"))
                .extracting(row -> row.text("kind") + " " + row.text("subject_id"))
                .containsExactlyInAnyOrder("missing organization", "missing number hours", "missing number members",
                        "missing number settings", "missing contact notes", "missing contact properties",
                        "missing contact shares");
        assertThat(bench.openPhone().requests().countByTemplate().keySet())
                .noneMatch(path -> path.startsWith("/phone-numbers") || path.startsWith("/contacts"));

        bench.openPhone().intercept(request -> Fault.none());
        bench.importAllThroughEither();
        assertThat(gaps()).isEmpty();
    }

    @Test
    @Thorough
    void where_v1_is_retired_the_directory_comes_from_the_other_api_but_for_custom_fields() {
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/")
                ? Fault.answer(Reply.html(404, "<!DOCTYPE html><title>Not Found</title>"))
                : Fault.none());

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        var directory = workspace.directory();
        assertThat(bench.database().ids("users"))
                .containsExactlyInAnyOrderElementsOf(directory.users().stream().map(SampleUser::id).toList());
        assertThat(bench.database().ids("contacts"))
                .containsExactlyInAnyOrderElementsOf(directory.contacts().stream().map(SampleContact::id).toList());
        assertThat(bench.database().ids("tasks")).hasSize(workspace.extras().tasks().size());
        assertThat(bench.database().rows("SELECT id, number, cardinality(users) AS users FROM phone_numbers"))
                .extracting(row -> "%s %s %s".formatted(row.text("id"), row.text("number"), row.number("users")))
                .containsExactlyInAnyOrderElementsOf(directory.phoneNumbers().stream()
                        .map(number -> "%s %s %d".formatted(number.id(), number.number(), number.users().size())).toList());
        assertThat(gaps()).contains("OpenPhone refuses: custom fields unavailable custom fields")
                .doesNotContain("contact", "number", "users", "organization");
    }

    @Test
    @Landing
    void a_reconciliation_asks_again_for_numbers_whose_settings_are_older_than_a_day() {
        bench.importAllDated();
        bench.openPhone().requests().reset();
        bench.reconcileDated();
        assertThat(bench.openPhone().requests().count("/phone-numbers/{phoneNumberId}/settings")).isZero();
        assertThat(gaps()).isEmpty();

        var number = workspace.directory().phoneNumbers().get(5).id();
        workspace.extras().recording(number, !workspace.extras().isRecording(number));
        bench.database().execute("""
                UPDATE directory_parts SET asked_at = asked_at - interval '25 hours' WHERE subject_id = '%s'
                """.formatted(number));
        bench.reconcileDated();

        assertThat(bench.openPhone().requests().count("/phone-numbers/{phoneNumberId}/settings")).isEqualTo(1);
        assertThat(bench.database().row("SELECT auto_record FROM phone_number_settings WHERE phone_number_id = ?", number)
                .get("auto_record")).isEqualTo(workspace.extras().isRecording(number));
    }

    @Test
    @Thorough
    void a_reconciliation_does_not_read_lists_again_that_were_read_lately() {
        bench.importAllDated();
        bench.database().execute("UPDATE list_records SET good_for = interval '1 hour' WHERE rows IS NOT NULL");
        bench.openPhone().requests().reset();

        var run = bench.reconcileDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().countByTemplate().keySet()).noneMatch(path -> path.endsWith("/users")
                || path.endsWith("/contacts") || path.endsWith("/tasks") || path.endsWith("fields"));
        assertThat(gaps()).isEmpty();

        bench.database().execute("UPDATE tasks SET title = 'Changed'");
        bench.reconcileDated();
        assertThat(bench.database().size("tasks WHERE title = 'Changed'")).as("a repair reads it all the same").isZero();

        bench.database().execute("UPDATE list_records SET good_for = interval '1 microsecond' WHERE rows IS NOT NULL");
        assertThat(bench.database().size("workspace_gaps")).isZero();
        bench.openPhone().requests().reset();
        bench.reconcileDated();
        assertThat(bench.openPhone().requests().count("/v1/contacts")).isEqualTo(1);
    }

    @Test
    @Thorough
    void what_was_changed_or_has_vanished_is_found_and_brought_again() {
        bench.importAllDated();
        var task = workspace.extras().tasks().getFirst();
        for (var damage : new String[] { "UPDATE tasks SET title = 'Changed' WHERE id = '" + task.id() + "'",
                "DELETE FROM tasks WHERE id = '" + task.id() + "'", "UPDATE organization SET name = 'Changed'",
                "UPDATE phone_number_settings SET auto_record = NOT auto_record",
                "DELETE FROM phone_number_members WHERE user_id = '" + workspace.directory().owner().id() + "'" }) {
            var before = contents();
            bench.database().execute(damage);

            var run = bench.reconcileDated();

            assertThat(run.text("status")).as(damage).isEqualTo("completed");
            assertThat(contents()).as(damage).isEqualTo(before);
        }
    }

    private String contents() {
        return bench.database().rows("""
                SELECT CAST(id AS text), title FROM tasks UNION ALL SELECT id, name FROM organization
                UNION ALL SELECT phone_number_id, CAST(auto_record AS text) FROM phone_number_settings
                UNION ALL SELECT phone_number_id, user_id FROM phone_number_members
                """).stream().map(row -> row.columns().toString()).sorted().collect(Collectors.joining("\n"));
    }

    private String gaps() {
        return bench.database().rows("SELECT reason, kind, subject_id FROM workspace_gaps").stream()
                .map((Row row) -> "%s %s %s".formatted(row.text("reason"), row.text("kind"), row.text("subject_id")))
                .sorted().collect(Collectors.joining("\n"));
    }
}
