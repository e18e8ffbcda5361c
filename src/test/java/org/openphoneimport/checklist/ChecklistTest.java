package org.openphoneimport.checklist;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.checklist.ChecklistConfig.WebhookTreatment;
import org.openphoneimport.document.WebhookDocument;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleDatedWebhook;
import org.openphoneimport.local.sample.document.SampleWebhook;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Webhooks;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What a historical run does to the systems around it, and how it is undone however the run ends. */
@QuarkusTest
class ChecklistTest {

    private static final String INVISIBLE = "Webhooks that were made in OpenPhone's app are visible to no API: look there";

    private final Bench bench = Bench.get();

    @Inject
    WebhookSwitch webhookSwitch;
    @Inject
    ReadOnlyMode readOnlyMode;
    @Inject
    Webhooks webhooks;
    @Inject
    Actions actions;
    private SampleWorkspace workspace;

    @BeforeEach
    void serve_a_workspace_of_its_own() {
        bench.reset();
        workspace = Bench.workspace(30);
        bench.openPhone().serve(workspace);
    }

    /** Else what is undone later would start a run beside that of the next test. */
    @AfterEach
    void leave_nothing_to_undo() {
        bench.database().execute("DELETE FROM saved_webhooks");
        bench.database().execute("UPDATE checklist_steps SET state = 'skipped' WHERE state IN ('pending', 'active')");
    }

    @Test
    @Thorough
    void a_run_shows_its_checklist_and_leaves_live_what_it_cannot_pause() {
        var run = bench.importAll();

        bench.soon().untilAsserted(() -> assertThat(checklist(run.uuid("id")))
                .containsEntry("read-only", "undone").containsEntry("webhooks", "skipped")
                .containsEntry("reconciliation", "skipped"));
        assertThat(finding(run.uuid("id"), "webhooks")).isEqualTo("2 webhooks stayed on: WHsample0001 (CRM), which cannot "
                + "be paused; WHsample0002 (calls.example.com), which cannot be paused. " + INVISIBLE);
        assertThat(workspace.webhooks().all()).hasSize(2);
        assertThat(bench.database().size("import_runs")).isEqualTo(1);
    }

    @Test
    @Landing
    void the_system_is_read_only_while_a_run_is_on_and_roles_cannot_write_by_default() {
        bench.database().execute("CREATE ROLE crm LOGIN");
        try {
            var run = started();
            bench.soon().until(() -> bench.database().count("SELECT count(*) FROM system_mode WHERE read_only") == 1);

            readOnlyMode.begin(run, List.of("crm", "postgres", "nobody\"there"));

            assertThat(settings("crm")).isEqualTo("{default_transaction_read_only=on}");
            assertThat(settings("postgres")).isEqualTo("null");
            assertThat(finding(run, "read-only")).contains("Role crm is read-only; 0 sessions of it are older and can still",
                    "Role postgres is the importer's own", "Role nobody\"there could not be made read-only");

            actions.cancel(run);

            bench.soon().until(() -> bench.database().count("SELECT count(*) FROM system_mode WHERE read_only") == 0);
            assertThat(settings("crm")).isEqualTo("null");
        } finally {
            bench.database().execute("DROP ROLE crm");
        }
    }

    @Test
    @Landing
    void everything_is_back_after_a_run_that_was_cancelled_and_what_came_meanwhile_is_there() {
        var before = workspace.webhooks().all();
        var run = startedWithoutWebhooks();
        bench.openPhone().intercept(request -> Fault.none());

        actions.cancel(run);

        assertEverythingIsBack(run, before);
    }

    @Test
    @Landing
    void everything_is_back_after_a_run_that_failed_and_what_came_meanwhile_is_there() {
        var before = workspace.webhooks().all();
        var run = startedWithoutWebhooks();

        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.status(400) : Fault.none());

        assertThat(bench.awaitEnd(run).text("status")).isEqualTo("failed");
        bench.openPhone().intercept(request -> Fault.none());
        assertEverythingIsBack(run, before);
    }

    @Test
    @Thorough
    void everything_is_back_after_a_run_whose_workers_all_died_and_a_retry_leaves_it_so() {
        var before = workspace.webhooks().all();
        var run = startedWithoutWebhooks();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? new Fault.NoAnswer() : Fault.none());
        bench.soon().until(() -> bench.database().size("import_batches") > 0
                && bench.database().size("import_batches WHERE lease_owner IS NULL") == 0);
        // As five deaths leave it; nobody renews the lease.
        bench.database().execute("""
                UPDATE import_batches SET attempts = 5, lease_owner = gen_random_uuid(), lease_until = clock_timestamp(),
                    sent_at = NULL, due_at = clock_timestamp()
                """);

        assertThat(bench.awaitEnd(run).text("reason")).contains("conversations could not be read");
        bench.openPhone().intercept(request -> Fault.none());
        assertEverythingIsBack(run, before);

        var live = workspace.webhooks().all();
        actions.retry(run);
        assertThat(bench.awaitEnd(run).text("status")).isEqualTo("completed");
        assertThat(workspace.webhooks().all()).isEqualTo(live);
        assertThat(bench.database().size("system_mode WHERE read_only")).isZero();
    }

    /** A run that has taken off webhooks; meanwhile a message comes. */
    private UUID startedWithoutWebhooks() {
        var run = started();
        webhookSwitch.begin(run, caller(), WebhookTreatment.RECREATE);
        assertThat(workspace.webhooks().all()).isEmpty();
        assertThat(checklist(run)).containsEntry("webhooks", "active").containsEntry("reconciliation", "pending")
                .containsEntry("read-only", "active");
        var conversation = workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.deletedAt() == null).findFirst().orElseThrow();
        workspace.addMessage("ACmeanwhile", conversation.id(), "Nobody was told", Instant.now());
        return run;
    }

    private void assertEverythingIsBack(UUID run, List<SampleWebhook> before) {
        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("read-only", "undone")
                .containsEntry("webhooks", "undone").containsEntry("reconciliation", "undone"));
        assertThat(bench.database().size("system_mode WHERE read_only")).isZero();
        assertThat(workspace.webhooks().all())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id", "key", "createdAt", "updatedAt")
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(finding(run, "webhooks")).contains(workspace.webhooks().all().stream().map(SampleWebhook::id).toList());
        var reconciliation = bench.database().row("SELECT id FROM import_runs WHERE type = 'reconciliation'").uuid("id");
        var followed = bench.awaitEnd(reconciliation);
        assertThat(followed.text("status")).isEqualTo("completed");
        // What was created two days before may have changed its status since.
        assertThat(followed.time("window_from")).isEqualTo(bench.run(run).time("created_at").minus(Duration.ofMinutes(10))
                .minus(Duration.ofDays(2)));
        assertThat(bench.database().ids("messages")).contains("ACmeanwhile");
    }

    @Test
    @Landing
    void webhooks_that_somebody_took_off_after_the_end_and_died_are_put_back() {
        var run = started();
        bench.openPhone().intercept(request -> Fault.none());
        actions.cancel(run);
        bench.soon().until(() -> "undone".equals(checklist(run).get("read-only")));

        webhookSwitch.begin(run, caller(), WebhookTreatment.RECREATE);
        // As if it had not come to that.
        bench.database().execute("UPDATE checklist_steps SET state = 'skipped'");

        bench.soon().until(() -> workspace.webhooks().all().size() == 2);
        bench.soon().until(() -> "undone".equals(checklist(run).get("reconciliation")));
    }

    @Test
    @Landing
    void a_role_that_was_made_read_only_by_somebody_who_died_can_write_again() {
        bench.database().execute("CREATE ROLE crm LOGIN");
        try {
            var run = started();
            readOnlyMode.begin(run, List.of("crm"));
            // As if it had not come to that.
            bench.database().execute("UPDATE checklist_steps SET state = 'pending' WHERE name = 'read-only'");

            actions.cancel(run);

            bench.soon().until(() -> settings("crm").equals("null"));
        } finally {
            bench.database().execute("DROP ROLE crm");
        }
    }

    @Test
    @Landing
    void a_webhook_that_was_made_again_before_somebody_died_is_not_made_twice() {
        var run = started();
        webhookSwitch.begin(run, caller(), WebhookTreatment.RECREATE);
        var saved = bench.database().row("SELECT definition::text FROM saved_webhooks ORDER BY webhook_id LIMIT 1");
        webhooks.create(caller(), WebhookDocument.of(Json
                .read(saved.text("definition").getBytes(StandardCharsets.UTF_8))));

        actions.cancel(run);

        bench.soon().until(() -> "undone".equals(checklist(run).get("webhooks")));
        assertThat(workspace.webhooks().all()).hasSize(2);
    }

    @Test
    @Landing
    void a_webhook_that_was_never_paused_or_is_gone_holds_up_nothing() {
        var run = started();
        var gone = addDated("one").id();
        addDated("other");
        bench.openPhone().intercept(request -> request.method().equals("PATCH") ? Fault.status(503) : Fault.none());
        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);
        assertThat(finding(run, "webhooks"))
                .startsWith("0 webhooks are off. 4 webhooks stayed on: 4101 (one); 4102 (other); WH");
        workspace.webhooks().removeDated(gone);
        bench.openPhone().intercept(request -> Fault.none());

        actions.cancel(run);

        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("webhooks", "undone")
                .containsEntry("reconciliation", "undone"));
        assertThat(finding(run, "webhooks")).isEqualTo("The webhooks are live again. OpenPhone no longer knows these, which "
                + "may have been deleted: " + gone);
    }

    @Test
    @Landing
    void webhooks_of_the_dated_api_are_paused_and_set_live_again_while_those_of_v1_stay_on_and_are_named() {
        var run = started();
        addDated("CRM");
        var disabled = addDated("Off anyway").id();
        webhooks.setLive(caller(), disabled, false);

        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);

        assertThat(workspace.webhooks().dated()).map(SampleDatedWebhook::status).containsOnly("disabled");
        assertThat(checklist(run)).containsEntry("webhooks", "active").containsEntry("reconciliation", "pending");
        assertThat(finding(run, "webhooks")).isEqualTo("1 webhooks are off. 2 webhooks stayed on: WHsample0001 (CRM), which "
                + "cannot be paused; WHsample0002 (calls.example.com), which cannot be paused. " + INVISIBLE);

        bench.openPhone().intercept(request -> Fault.none());
        actions.cancel(run);

        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("webhooks", "undone")
                .containsEntry("reconciliation", "undone"));
        assertThat(finding(run, "webhooks")).isEqualTo("The webhooks are live again");
        assertThat(workspace.webhooks().dated()).map(SampleDatedWebhook::status).containsExactly("enabled", "disabled");
        assertThat(bench.openPhone().requests().all()).filteredOn(request -> request.method().equals("PATCH"))
                .noneMatch(request -> request.path().contains("WH"));
    }

    @Test
    @Landing
    void a_dated_webhook_that_was_paused_before_a_death_is_set_live_again() {
        bench.stopClock();
        try {
            var run = started();
            addDated("CRM");
            webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);
            // As a death before that leaves it.
            bench.database()
                    .execute("UPDATE checklist_steps SET state = 'pending' WHERE name IN ('webhooks', 'reconciliation')");

            webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);

            assertThat(finding(run, "webhooks")).startsWith("1 webhooks are off. 2 webhooks stayed on");
            bench.database()
                    .execute("UPDATE checklist_steps SET state = 'pending' WHERE name IN ('webhooks', 'reconciliation')");
            bench.openPhone().intercept(request -> Fault.none());
            actions.cancel(run);
        } finally {
            bench.startClock();
        }

        bench.soon().until(() -> workspace.webhooks().dated().getFirst().status().equals("enabled"));
    }

    @Test
    @Landing
    void webhooks_of_both_kinds_and_of_all_users_are_off_where_v1s_may_be_made_again_and_new_keys_are_kept() {
        var run = started();
        addDated("CRM");
        var member = workspace.directory().users().getLast().id();
        workspace.webhooks().add(member, "Mine", "https://mine.example.com/hook", List.of("call.completed"));

        webhookSwitch.begin(run, caller(), WebhookTreatment.RECREATE);

        assertThat(workspace.webhooks().all()).isEmpty();
        assertThat(finding(run, "webhooks")).isEqualTo("4 webhooks are off. " + INVISIBLE);

        bench.openPhone().intercept(request -> Fault.none());
        actions.cancel(run);

        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("webhooks", "undone"));
        assertThat(workspace.webhooks().dated()).map(SampleDatedWebhook::status).containsExactly("enabled");
        assertThat(workspace.webhooks().all()).hasSize(3).map(SampleWebhook::userId).contains(member);
        var keys = workspace.webhooks().all().stream().map(SampleWebhook::key).toList();
        assertThat(bench.database().rows("SELECT new_definition ->> 'key' AS key FROM saved_webhooks "
                + "WHERE new_definition IS NOT NULL")).map(row -> row.text("key")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(finding(run, "webhooks")).doesNotContain(keys);
    }

    @Test
    @Landing
    void a_dated_api_that_refuses_is_named_and_v1s_webhooks_are_still_seen() {
        var run = started();
        addDated("CRM");
        bench.openPhone().intercept(request -> request.path().equals("/webhooks") ? Fault.status(403) : Fault.none());

        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);

        assertThat(checklist(run)).containsEntry("webhooks", "skipped");
        assertThat(finding(run, "webhooks")).startsWith("2 webhooks stayed on: WHsample0001 (CRM)")
                .contains("The webhooks of 2026-03-30 could not be listed: OpenPhone answered 403 about webhooks");

        webhookSwitch.begin(run, caller(), WebhookTreatment.RECREATE);

        assertThat(workspace.webhooks().all()).isEmpty();
        assertThat(finding(run, "webhooks")).startsWith("2 webhooks are off. The webhooks of 2026-03-30 could not be listed");
    }

    @Test
    void a_v1_that_refuses_is_named_and_dated_webhooks_are_still_paused() {
        var run = started();
        addDated("CRM");
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/webhooks") ? Fault.status(401) : Fault.none());

        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);

        assertThat(finding(run, "webhooks")).startsWith("1 webhooks are off. The webhooks of v1 could not be listed");
    }

    @Test
    @Landing
    void a_list_of_webhooks_whose_connection_breaks_is_asked_for_again_and_said_to_be_broken_in_words() {
        var run = started();
        addDated("CRM");
        bench.openPhone().intercept(request -> request.path().equals("/webhooks") && request.attempt() == 1 ? new Fault.Cut(0)
                : Fault.none());

        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);

        assertThat(finding(run, "webhooks")).doesNotContain("could not be listed");

        bench.openPhone().intercept(request -> request.path().equals("/webhooks") ? new Fault.Cut(0) : Fault.none());
        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);
        assertThat(finding(run, "webhooks")).contains("could not be listed: OpenPhone did not answer about webhooks: ")
                .doesNotContain("Exception", "java");
    }

    @Test
    void a_webhook_that_openphone_does_not_set_live_keeps_no_other_off() {
        var run = started();
        var stuck = addDated("CRM").id();
        addDated("Calls");
        webhookSwitch.begin(run, caller(), WebhookTreatment.PAUSE);
        bench.openPhone().intercept(request -> request.path().equals("/webhooks/" + stuck) ? Fault.status(403) : Fault.none());

        actions.cancel(run);

        bench.soon().untilAsserted(() -> assertThat(workspace.webhooks().dated()).map(SampleDatedWebhook::status)
                .containsExactly("disabled", "enabled"));
        bench.soon().untilAsserted(() -> assertThat(finding(run, "webhooks")).startsWith("It is tried again each minute."));
        bench.openPhone().intercept(request -> Fault.none());
        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("webhooks", "undone"));
    }

    private SampleDatedWebhook addDated(String label) {
        return workspace.webhooks().addDated(label, "https://crm.example.com/hooks", List.of("message.received"));
    }

    @Test
    @Landing
    void webhooks_that_openphone_does_not_give_back_at_once_are_tried_again() {
        var run = started();
        webhookSwitch.begin(run, caller(), WebhookTreatment.RECREATE);
        bench.openPhone().requests().reset();
        bench.openPhone().intercept(request -> request.method().equals("POST") && request.attempt() < 3 ? Fault.status(503)
                : Fault.none());

        actions.cancel(run);

        bench.soon().atMost(Duration.ofSeconds(20)).until(() -> workspace.webhooks().all().size() == 2);
    }

    @Test
    void a_role_that_was_dropped_during_the_run_holds_up_nothing_and_is_named() {
        var before = workspace.webhooks().all();
        bench.database().execute("CREATE ROLE crm LOGIN");
        var run = startedWithoutWebhooks();
        readOnlyMode.begin(run, List.of("crm"));
        bench.database().execute("DROP ROLE crm");
        bench.openPhone().intercept(request -> Fault.none());

        actions.cancel(run);

        assertEverythingIsBack(run, before);
        assertThat(finding(run, "read-only")).isEqualTo("Role crm is gone: it was dropped during the run");
    }

    @Test
    @Thorough
    void a_role_that_cannot_be_altered_is_reported_and_tried_again_while_everything_else_is_undone() {
        var run = startedWithoutWebhooks();
        bench.database().execute("CREATE ROLE crm LOGIN");
        try {
            readOnlyMode.begin(run, List.of("crm"));
            // Postgres lets nobody alter this one.
            bench.database().execute("INSERT INTO read_only_roles (run_id, role) VALUES (?, 'pg_monitor')", run);
            bench.openPhone().intercept(request -> Fault.none());

            actions.cancel(run);

            bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("webhooks", "undone")
                    .containsEntry("reconciliation", "undone").containsEntry("read-only", "active"));
            assertThat(settings("crm")).isEqualTo("null");
            assertThat(bench.database().size("system_mode WHERE read_only")).isZero();
            assertThat(finding(run, "read-only")).isEqualTo("The system is no longer read-only, but this is tried again each "
                    + "minute. Role pg_monitor could not be made writable again: the importer's role may not alter it");

            bench.database().execute("UPDATE read_only_roles SET role = 'crm'");
            bench.soon().until(() -> "undone".equals(checklist(run).get("read-only")));
        } finally {
            bench.database().execute("DROP ROLE crm");
        }
    }

    @Test
    void webhooks_that_openphone_does_not_give_back_hold_up_nothing_and_what_comes_until_they_are_back_is_imported_too() {
        var run = startedWithoutWebhooks();
        bench.openPhone().intercept(request -> request.method().equals("POST") ? Fault.status(403) : Fault.none());

        actions.cancel(run);

        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("read-only", "undone")
                .containsEntry("reconciliation", "undone").containsEntry("webhooks", "active"));
        assertThat(finding(run, "webhooks")).startsWith("It is tried again each minute. OpenPhone answered 403 about webhooks");
        bench.soon().until(() -> bench.database().size("import_runs WHERE status = 'completed'") == 1);
        // Only one a minute would be too many.
        assertThat(bench.database().size("import_runs WHERE type = 'reconciliation'")).isEqualTo(1);

        bench.openPhone().intercept(request -> Fault.none());
        bench.soon().untilAsserted(() -> assertThat(checklist(run)).containsEntry("webhooks", "undone"));
        bench.soon().until(() -> bench.database().size("import_runs WHERE type = 'reconciliation'") == 2);
        assertThat(workspace.webhooks().all()).hasSize(2);
    }

    @Test
    void a_run_that_starts_when_another_was_cancelled_makes_the_system_read_only_for_itself() {
        bench.stopClock();
        try {
            var cancelled = started();
            actions.cancel(cancelled);

            var run = started();

            assertThat(checklist(cancelled)).containsEntry("read-only", "undone");
            assertThat(checklist(run)).containsEntry("read-only", "active");
            assertThat(finding(run, "read-only")).doesNotContain("before");
            bench.startClock();
            bench.invoke("keep-runs", "{}");
            assertThat(bench.database().row("SELECT * FROM system_mode").uuid("run_id")).isEqualTo(run);
            assertThat(bench.database().size("system_mode WHERE read_only")).isEqualTo(1);
        } finally {
            bench.startClock();
        }
    }

    /** A run whose listing takes long, with its checklist gone through. */
    private UUID started() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? new Fault.NoAnswer()
                : Fault.none());
        var run = bench.start("{}");
        bench.soon().until(() -> "skipped".equals(checklist(run).get("webhooks")));
        return run;
    }

    private static Caller caller() {
        return new Caller(null, Instant.now().plusSeconds(10));
    }

    private String settings(String role) {
        return String.valueOf(bench.database().value("SELECT rolconfig::text FROM pg_roles WHERE rolname = ?", role));
    }

    private static Map<String, String> checklist(UUID run) {
        List<Map<String, String>> steps = RestAssured.get("/api/runs/{id}", run).jsonPath().getList("checklist");
        return steps.stream().collect(Collectors.toMap(step -> step.get("name"), step -> step.get("state")));
    }

    private static String finding(UUID run, String name) {
        List<Map<String, String>> steps = RestAssured.get("/api/runs/{id}", run).jsonPath().getList("checklist");
        return steps.stream().filter(step -> name.equals(step.get("name"))).map(step -> String.valueOf(step.get("finding")))
                .findFirst().orElse("");
    }
}
