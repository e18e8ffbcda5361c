package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.LoggedRequest;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** By default the API of 2026-03-30 reads, and v1 confirms. */
@QuarkusTest
class WitnessTest {

    private final Bench bench = Bench.get();
    private SampleWorkspace workspace = Bench.workspace(1);

    @BeforeEach
    void reset() {
        bench.reset();
        workspace = Bench.workspace(Bench.CONVERSATIONS);
        bench.openPhone().serve(workspace);
    }

    @Test
    @Landing
    void one_reads_and_the_other_confirms() {
        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("2026-03-30");
        assertThat(run.text("witness")).isEqualTo("v1");
        assertThat(run.text("witness_obstacle")).isEqualTo("null");
        assertEverythingIsStored();
        assertThat(bench.database().rows("SELECT id, assigned_to FROM conversations"))
                .allSatisfy(row -> assertThat(row.text("assigned_to")).isEqualTo(String.valueOf(assignee(row.text("id")))));
        var check = check(run);
        assertThat(check.path("checked").asInt()).isGreaterThan(Bench.CONVERSATIONS / 2);
        assertThat(check.path("found").asInt()).isZero();
        assertThat(check.path("finding").asText()).isEqualTo("Read through 2026-03-30, compared with v1");
    }

    @Test
    @Landing
    void a_conversation_that_only_v1_lists_is_imported() {
        var hidden = aQuietConversation();
        bench.openPhone()
                .intercept(request -> request.path().equals("/conversations") ? Fault.without(Set.of(hidden)) : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void a_conversation_that_only_v1_lists_is_not_here_until_it_has_been_read_itself() {
        var hidden = aQuietConversation();
        var parties = workspace.threads().conversation(hidden).orElseThrow().participants();
        var rows = workspace.threads().messages().stream().filter(one -> hidden.equals(one.conversationId()))
                .map(SampleMessage::id).collect(Collectors.toSet());
        var refusing = new AtomicBoolean(true);
        bench.openPhone().intercept(request -> switch (request.path()) {
            case "/conversations" -> Fault.without(Set.of(hidden));
            case "/messages" -> Fault.without(rows);
            case "/v1/messages" -> refusing.get() && parties.equals(request.parameters().get("participants"))
                    ? Fault.status(403)
                    : Fault.none();
            default -> Fault.none();
        });

        assertThat(imported().text("status")).isEqualTo("completed");
        assertThat(inDoubt()).isEqualTo(Set.of(hidden));

        refusing.set(false);
        bench.database().execute("UPDATE import_runs SET listed_whole = false");
        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(workspace()).isTrue();
    }

    @Test
    @Landing
    void a_conversation_that_the_newer_api_ceases_to_list_is_read_through_v1_from_its_beginning() {
        imported();
        var hidden = aQuietConversation();
        workspace.addMessage("ACnew", hidden, "Hello again", Instant.now());
        var rows = workspace.threads().messages().stream().filter(one -> hidden.equals(one.conversationId()))
                .map(SampleMessage::id).collect(Collectors.toSet());
        bench.openPhone().intercept(request -> switch (request.path()) {
            case "/conversations" -> Fault.without(Set.of(hidden));
            case "/messages" -> Fault.without(rows);
            default -> Fault.none();
        });
        bench.database().execute("UPDATE import_runs SET listed_whole = false");

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertEverythingIsStored();
        assertThat(workspace()).isTrue();
    }

    /** Its last activity, which would be asked for by its id, is not told. */
    @Test
    @Landing
    void a_conversation_that_v1_alone_begins_to_list_is_read_through_v1_by_each_reconciliation() {
        assertThat(imported().text("status")).isEqualTo("completed");
        var began = Instant.parse("2026-03-03T10:00:00Z");
        workspace.addConversation("CNlate", workspace.threads().conversations().getFirst().phoneNumberId(),
                List.of("+16175550199"), began);
        workspace.addMessage("AClate1", "CNlate", "Hello", began);
        workspace.addMessage("AClate2", "CNlate", "Are you there?", began.plusSeconds(60));
        bench.openPhone().intercept(request -> switch (request.path()) {
            case "/conversations", "/messages" -> Fault.without(Set.of("CNlate", "AClate1", "AClate2", "AClate3"));
            case "/v1/conversations" -> Fault.changed(WitnessTest::withoutLastActivities);
            default -> Fault.none();
        });
        bench.database().execute("UPDATE import_runs SET listed_whole = false");

        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertEverythingIsStored();

        workspace.addMessage("AClate3", "CNlate", "Hello again", Instant.now());
        assertThat(reconciled().text("listed_whole")).isEqualTo("false");
        assertEverythingIsStored();
        assertThat(bench.database().size("discrepancies WHERE subject_id LIKE 'AClate%'")).as("what a repair has brought")
                .isZero();
    }

    private static JsonNode withoutLastActivities(JsonNode page) {
        page.path("data").forEach(conversation -> ((ObjectNode) conversation).putNull("lastActivityId"));
        return page;
    }

    @Test
    @Landing
    void a_conversation_that_v1_does_not_list_is_not_absent() {
        var hidden = aQuietConversation();
        bench.openPhone()
                .intercept(
                        request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of(hidden)) : Fault.none());
        var run = imported();
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();

        RestAssured.given().post("/api/runs/{id}/verify", run.uuid("id")).then().statusCode(200);

        bench.soon().until(() -> bench.database().size("verifications WHERE status <> 'running'") == 2);
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void when_the_list_of_messages_lacks_some_all_conversations_are_read_through_both() {
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.without(hidden) : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(run.text("disagreed_at")).isNotEqualTo("null");
        assertThat(warnings()).anyMatch(what -> what.startsWith("The two APIs disagree. Of ")
                && what.contains(" v1 has and 2026-03-30 lacks: "));

        workspace.addMessage("ACnew1", aQuietConversation(), "Hello again", Instant.now());
        bench.openPhone()
                .intercept(request -> request.path().equals("/messages") ? Fault.without(Set.of("ACnew1")) : Fault.none());
        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).as("a later run asks v1 as well").contains("ACnew1");
    }

    @Test
    @Landing
    void where_the_list_of_messages_lacks_some_short_codes_are_in_doubt_since_v1_cannot_be_asked_for_them() {
        addShortCode();
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.without(hidden) : Fault.none());

        assertThat(imported().text("status")).isEqualTo("completed");

        assertThat(bench.database().size("import_issues WHERE what LIKE 'v1 of the API gives no %'")).isZero();
        assertThat(inDoubt()).containsExactly("CNcode");
        assertThat(bench.workspaceSentence()).isEqualTo(
                "Not yet: conversations that only one API shows, which has left out messages or calls of others (1)");

        bench.openPhone().intercept(request -> Fault.none());
        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertThat(inDoubt()).as("all is listed, and read once more").isEmpty();
    }

    @Test
    @Landing
    void short_codes_that_v1_does_not_list_are_read_again_when_they_are_in_doubt() {
        addShortCode();
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of("CNcode"))
                : request.path().equals("/messages") ? Fault.without(hidden) : Fault.none());
        imported();
        assertThat(inDoubt()).containsExactly("CNcode");
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of("CNcode"))
                : Fault.none());

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertThat(inDoubt()).isEmpty();
    }

    @Test
    @Landing
    void a_message_that_a_list_shows_a_little_later_is_brought_and_is_no_sign_that_the_apis_disagree() {
        addShortCode();
        workspace.addMessage("ACyoung", aQuietConversation(), "Hello", Instant.now().minusSeconds(60));
        bench.openPhone()
                .intercept(request -> request.path().equals("/messages") ? Fault.without(Set.of("ACyoung")) : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(run.get("disagreed_at")).isNull();
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    void a_message_that_v1_shows_a_little_later_is_no_sign_that_the_apis_disagree() {
        workspace.addMessage("ACyoung", aQuietConversation(), "Hello", Instant.now().minusSeconds(60));
        bench.openPhone()
                .intercept(request -> request.path().equals("/v1/messages") ? Fault.without(Set.of("ACyoung")) : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(run.get("disagreed_at")).isNull();
    }

    @Test
    @Landing
    void where_the_witness_lists_conversations_and_nothing_in_them_it_is_not_said_to_have_verified_more() {
        bench.openPhone().intercept(request -> Set.of("/messages", "/calls").contains(request.path()) ? Fault.status(403)
                : Fault.none());

        var run = imported();

        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(run.get("witness_obstacle")).isNull();
        assertThat(bench.database().size("verifications WHERE checks @> '[{\"name\": \"" + Check.WITNESS.title()
                + "\", \"checked\": 0}]'")).isPositive();
    }

    @Test
    void a_run_of_v1_that_is_tried_again_reads_the_calls_that_the_other_api_lists_by_now() {
        // A list of the directory that is refused makes the listing begin again.
        bench.openPhone()
                .intercept(request -> Set.of("/messages", "/calls", "/v1/contact-custom-fields").contains(request.path())
                        ? Fault.status(403)
                        : Fault.none());
        var run = imported();
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().size("import_batches WHERE kind = 'slice'")).isZero();

        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.status(403) : Fault.none());
        RestAssured.given().post("/api/runs/{id}/retry", run.uuid("id")).then().statusCode(200);
        run = bench.awaitEnd(run.uuid("id"));

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().size("import_batches WHERE kind = 'slice'")).isEqualTo(1);
        assertEverythingIsStored();
    }

    @Test
    @Thorough
    void what_was_imported_without_the_witness_is_compared_by_the_next_run_that_can_ask_it() {
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.status(403) : Fault.none());
        imported();
        assertThat(bench.workspaceSentence()).contains("OpenPhone refuses: custom fields");
        bench.openPhone().intercept(request -> Fault.none());
        workspace.addMessage("ACnew", aQuietConversation(), "Hello", Instant.now());

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertThat(bench.database().size("verification_questions WHERE sampled")).isGreaterThan(10);
        assertThat(bench.workspaceSentence()).contains("verified by both APIs");

        var before = bench.database().size("verification_questions WHERE sampled");
        workspace.addMessage("ACnewer", aQuietConversation(), "Hello", Instant.now());
        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertThat(bench.database().size("verification_questions WHERE sampled")).as("only of the run, from now on")
                .isLessThan(before + 10);
        assertThat(bench.workspaceSentence()).contains("verified by both APIs");
    }

    @Test
    @Landing
    void a_difference_that_a_later_run_finds_makes_it_read_everything_through_both() {
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.status(403)
                : request.path().equals("/messages") ? Fault.without(hidden) : Fault.none());
        imported();
        assertThat(bench.database().ids("messages")).doesNotContainAnyElementsOf(hidden);
        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.without(hidden) : Fault.none());
        workspace.addMessage("ACnew", aQuietConversation(), "Hello", Instant.now());

        var run = reconciled();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.get("disagreed_at")).isNotNull();
        assertEverythingIsStored();
        assertThat(bench.database().size("conversation_records WHERE messages_doubted_at IS NOT NULL")).isZero();
        assertThat(bench.workspaceSentence()).contains("which differ");

        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertThat(bench.workspaceSentence()).as("it is still so").contains("which differ");
    }

    @Test
    @Landing
    void a_difference_is_open_for_all_conversations_until_they_have_been_read_through_v1() {
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.status(403)
                : request.path().equals("/messages") ? Fault.without(hidden) : Fault.none());
        imported();
        workspace.addMessage("ACnew", aQuietConversation(), "Hello", Instant.now());
        var repairing = new AtomicBoolean();
        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.without(hidden)
                : request.path().equals("/v1/messages") && repairing.get() ? Fault.status(503) : Fault.none());
        var run = bench.start("{\"type\":\"reconciliation\"}", Api.AUTO);
        bench.soon().until(() -> bench.run(run).get("disagreed_at") != null);
        repairing.set(true);

        RestAssured.given().post("/api/runs/{id}/cancel", run);
        bench.awaitEnd(run);

        assertThat(RestAssured.get("/api/workspace").jsonPath().getBoolean("complete")).isFalse();
        assertThat(bench.database().size("workspace_gaps WHERE kind = 'missing' AND subject = 'conversation'"))
                .isGreaterThan(3);
    }

    @Test
    void what_arrived_meanwhile_is_not_said_to_be_incomparable() {
        var conversation = aQuietConversation();
        bench.openPhone().intercept(request -> {
            if (request.path().equals("/v1/messages")) {
                workspace.addMessage("ACmeanwhile", conversation, "Hello", Instant.now().plusSeconds(1));
            }
            return Fault.none();
        });

        imported();

        assertThat(bench.database().size("discrepancies WHERE kind = 'newer'")).isPositive();
        assertThat(bench.workspaceSentence()).doesNotContain("could not be compared");
    }

    @Test
    @Landing
    void what_v1_lacks_leaves_short_codes_without_doubt() {
        addShortCode();
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? Fault.without(hidden) : Fault.none());

        assertThat(imported().text("status")).isEqualTo("completed");

        assertThat(bench.database().size("import_issues WHERE what LIKE 'v1 of the API gives no %'")).isZero();
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    @Landing
    void what_v1_lacks_is_named_and_stays() {
        var hidden = everyHundredthMessage();
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? Fault.without(hidden) : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(bench.database().size("messages WHERE absent_since IS NOT NULL")).isZero();
        assertThat(run.text("disagreed_at")).isNotEqualTo("null");
        assertThat(warnings()).anyMatch(what -> what.startsWith("The two APIs disagree. Of "));
        assertThat(bench.database().rows("SELECT finding FROM discrepancies WHERE check_name = 'witness'"))
                .allSatisfy(row -> assertThat(row.text("finding"))
                        .isEqualTo("It is stored; 2026-03-30 has it, and v1 does not show it"));
    }

    @Test
    @Landing
    void a_witness_that_refuses_is_named_in_the_verdict() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.status(403) : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("witness_obstacle")).startsWith("v1 could not be asked: ");
        assertThat(check(run).path("finding").asText()).startsWith("v1 could not be asked: ");
        assertThat(warnings()).anyMatch(what -> what.startsWith("Only one of the two APIs confirms this run. v1 could not"));
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void where_the_newer_api_is_refused_v1_reads_and_the_run_says_who_could_not_confirm_it() {
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.none() : Fault.status(403));

        var run = imported();

        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(run.text("witness")).isEqualTo("2026-03-30");
        assertThat(run.text("witness_obstacle")).startsWith("2026-03-30 could not be asked: ");
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
    }

    @Test
    @Landing
    void what_v1_does_not_give_of_a_conversation_that_has_changed_is_named_until_the_newer_api_gives_it() {
        addShortCode();
        workspace.addMessage("AClast", "CNcode", "Your code is 123457", Instant.now().minus(Duration.ofHours(20)));
        imported();
        assertThat(workspace()).isTrue();
        workspace.addMessage("AClate", "CNcode", "Your code is 654321", Instant.now().minus(Duration.ofHours(30)));
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? Fault.none() : Fault.status(403));
        assertThat(reconciled().text("api")).isEqualTo("v1");

        assertThat(bench.database().ids("messages")).doesNotContain("AClate");
        assertThat(inDoubt()).containsExactly("CNcode");

        bench.openPhone().intercept(request -> Fault.none());
        assertThat(reconciled().text("api")).isEqualTo("2026-03-30");

        assertThat(bench.database().ids("messages")).contains("AClate");
        assertThat(workspace()).isTrue();
    }

    @Test
    @Landing
    void what_the_newer_api_has_brought_is_not_gone_because_v1_does_not_show_it() {
        var failed = workspace.threads().messages().stream().filter(message -> workspace.threads()
                .conversation(message.conversationId()).orElseThrow().participants().size() == 1).findFirst().orElseThrow()
                .id();
        workspace.threads().changeStatus(failed, "failed", Instant.parse("2026-11-01T10:00:00Z"));
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? Fault.without(Set.of(failed))
                : Fault.none());
        imported();
        bench.openPhone().intercept(request -> !request.path().startsWith("/v1/") ? Fault.status(403)
                : request.path().equals("/v1/messages") ? Fault.without(Set.of(failed)) : Fault.none());

        var run = imported();

        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().ids("messages WHERE absent_since IS NOT NULL")).isEmpty();
        assertThat(bench.database().ids("messages")).contains(failed);
    }

    @Test
    @Landing
    void where_the_newer_api_refuses_messages_v1_reads_and_the_list_of_calls_adds_those_of_groups() {
        bench.openPhone().intercept(request -> request.path().equals("/messages") ? Fault.status(403) : Fault.none());
        assertThat(workspace.calls().groupCalls()).isNotEmpty();

        var run = imported();

        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(run.text("witness_obstacle")).isEqualTo("null");
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
        var group = workspace.calls().groupCalls().getFirst().id();
        assertThat(bench.database().size("call_parts WHERE call_id = '" + group + "' AND status IN ('failed', 'refused')"))
                .isZero();
        assertThat(bench.database().size("workspace_gaps WHERE subject = 'group calls'")).isZero();
    }

    @Test
    @Landing
    void a_call_of_a_group_that_its_list_shows_late_is_no_gap_after_the_next_reconciliation() {
        var last = addGroupCall();
        bench.openPhone().intercept(request -> request.path().equals("/calls") ? Fault.without(Set.of(last)) : Fault.none());
        imported();
        assertThat(bench.database().ids("calls")).contains(last);
        assertThat(bench.database().size("workspace_gaps WHERE subject = 'group calls'")).isEqualTo(1);
        bench.openPhone().intercept(request -> Fault.none());

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertThat(bench.database().size("workspace_gaps")).isZero();
    }

    @Test
    @Landing
    void a_reconciliation_that_follows_soon_lists_what_was_updated_and_brings_what_is_new() {
        imported();
        var thread = workspace.threads().conversations().getFirst().id();
        workspace.addMessage("ACnew1", thread, "Hello again", Instant.now());
        bench.openPhone().requests().reset();

        var run = reconciled();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("listed_whole")).isEqualTo("false");
        assertThat(bench.database().ids("messages")).contains("ACnew1");
        assertEverythingIsStored();
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertThat(bench.openPhone().requests().count((LoggedRequest request) -> request.path().equals("/v1/conversations")))
                .isEqualTo(1);
        assertThat(workspace()).isTrue();
    }

    @Test
    @Landing
    void a_reconciliation_with_nothing_new_lists_nothing_a_second_time() {
        imported();
        bench.openPhone().requests().reset();

        var run = reconciled();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        for (var list : List.of("/conversations", "/v1/conversations", "/messages", "/calls")) {
            assertThat(bench.openPhone().requests().count((LoggedRequest request) -> request.path().equals(list))).as(list)
                    .isEqualTo(1);
        }
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertEverythingIsStored();
        assertThat(workspace()).isTrue();
    }

    @Test
    @Landing
    void a_reconciliation_a_day_later_has_both_list_all_conversations() {
        imported();
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '1 day'");
        var hidden = aQuietConversation();
        bench.openPhone()
                .intercept(
                        request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of(hidden)) : Fault.none());
        bench.openPhone().requests().reset();

        var run = reconciled();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("listed_whole")).isEqualTo("true");
        assertThat(bench.openPhone().requests().count((LoggedRequest request) -> request.path().equals("/v1/conversations")))
                .isEqualTo(Bench.CONVERSATIONS / Bench.PAGE + 1);
        assertThat(bench.openPhone().requests().count((LoggedRequest request) -> request.path().equals("/conversations")))
                .isGreaterThan(Bench.CONVERSATIONS / Bench.PAGE);
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
    }

    /** A run stores it when it begins, or when it is verified: then the next one has to see it. */
    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "DELETE FROM phone_numbers WHERE id = ?",
            "UPDATE phone_numbers SET absent_since = clock_timestamp() WHERE id = ?",
            "UPDATE phone_numbers SET listed_since = clock_timestamp() WHERE id = ?" })
    void conversations_of_a_number_that_has_joined_are_brought_the_same_day_whoever_has_stored_it(String before) {
        imported();
        var joined = workspace.directory().phoneNumbers().getFirst().id();
        bench.database().execute(before, joined);
        addShortCode(joined);
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of("CNcode"))
                : Fault.none());

        assertThat(reconciled().text("listed_whole")).isEqualTo("true");

        assertThat(bench.database().ids("messages")).contains("ACcode");
        assertThat(reconciled().text("listed_whole")).as("what has been listed since").isEqualTo("false");
    }

    @Test
    @Landing
    void a_day_later_a_conversation_that_only_the_newer_api_lists_is_brought_though_its_row_has_not_moved() {
        imported();
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '1 day'");
        addShortCode();
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of("CNcode"))
                : Fault.none());

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertThat(bench.database().ids("messages")).contains("ACcode");
        assertThat(workspace()).isTrue();
    }

    @Test
    void what_v1_never_lists_is_not_gone_and_a_full_verification_leaves_it_alone() {
        addShortCode();
        var unlisted = workspace.threads().conversations().stream().filter(one -> one.participants().stream()
                .anyMatch(party -> !party.startsWith("+"))).map(SampleConversation::id).collect(Collectors.toSet());
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(unlisted)
                : Fault.none());
        imported();
        assertThat(workspace()).isTrue();
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '1 day'");

        var run = reconciled();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("listed_whole")).isEqualTo("true");
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();

        RestAssured.given().body("{\"full\":true}").post("/api/runs/{id}/verify", run.uuid("id")).then().statusCode(200);
        bench.soon().until(() -> "clean".equals(bench.database().value("SELECT status FROM verifications WHERE complete")));
        assertThat(bench.workspaceSentence()).contains("verified by both APIs");
        assertThat(workspace()).isTrue();
    }

    @Test
    @Landing
    void what_v1_does_not_list_is_in_doubt_when_v1_alone_has_read_and_no_more_when_the_newer_api_has() {
        addShortCode();
        var unlisted = workspace.threads().conversations().stream().filter(one -> one.participants().stream()
                .anyMatch(party -> !party.startsWith("+"))).map(SampleConversation::id)
                .collect(Collectors.toCollection(TreeSet::new));
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(unlisted)
                : Fault.none());
        imported();
        assertThat(workspace()).isTrue();
        workspace.addMessage("ACcode2", "CNcode", "Your code is 654321", Instant.now());

        assertThat(bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}", Api.V1)).text("status")).isEqualTo("completed");
        assertThat(inDoubt()).isEqualTo(unlisted);

        assertThat(reconciled().text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).contains("ACcode2");
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    @Landing
    void a_day_later_conversations_of_a_number_that_has_joined_are_brought_though_v1_does_not_list_them() {
        imported();
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '1 day'");
        var joined = workspace.directory().phoneNumbers().getFirst().id();
        bench.database().execute("DELETE FROM phone_numbers WHERE id = ?", joined);
        addShortCode(joined);
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of("CNcode"))
                : Fault.none());

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertThat(bench.database().ids("messages")).contains("ACcode");
        assertThat(workspace()).isTrue();
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '1 day'");

        assertThat(reconciled().text("status")).isEqualTo("completed");

        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    @Landing
    void a_day_later_a_witness_that_refuses_leaves_the_list_to_the_other() {
        imported();
        bench.database().execute("UPDATE import_runs SET created_at = created_at - interval '1 day'");
        bench.openPhone().intercept(request -> request.path().equals("/v1/conversations") ? Fault.status(403) : Fault.none());

        var run = reconciled();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("2026-03-30");
        assertThat(run.text("witness_obstacle")).startsWith("v1 could not be asked: ");
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void where_v1_is_retired_the_newer_api_is_enough() {
        var gone = Fault.answer(Reply.html(404, "<html><body>Cannot GET</body></html>"));
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? gone : Fault.none());

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("2026-03-30");
        assertThat(run.text("witness_obstacle")).startsWith("v1 could not be asked: ");
        assertEverythingIsStored();
        // Each is tried five times, users once more to confirm them; then the run goes on without it, instead of coming back once a minute.
        assertThat(Stream.of("/v1/users", "/v1/contacts", "/v1/conversations").map(bench.openPhone().requests()::count))
                .allSatisfy(tries -> assertThat(tries).isBetween(1, 10));
    }

    @Test
    @Thorough
    void where_v1_is_retired_a_last_activity_that_is_not_given_is_not_waited_for() {
        var quiet = workspace.threads().conversations().stream().filter(one -> one.id().equals(aQuietConversation()))
                .findFirst()
                .orElseThrow();
        var last = String.valueOf(quiet.lastActivityId());
        var gone = Fault.answer(Reply.html(404, "<html><body>Cannot GET</body></html>"));
        bench.openPhone().intercept(request -> {
            if (request.path().startsWith("/v1/")) {
                return gone;
            }
            return request.path().endsWith(last) ? Fault.status(404)
                    : request.path().equals("/messages") || request.path().equals("/calls") ? Fault.without(Set.of(last))
                            : Fault.none();
        });

        var run = imported();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().rows("SELECT kind FROM discrepancies WHERE subject = 'activity' AND subject_id = '" + last
                + "'")).extracting(row -> row.text("kind")).containsExactly("unavailable");
    }

    @Test
    @Landing
    void what_the_newer_api_alone_was_to_list_is_not_absent_because_v1_does_not_list_it() {
        var hidden = aQuietConversation();
        bench.openPhone()
                .intercept(
                        request -> request.path().equals("/v1/conversations") ? Fault.without(Set.of(hidden)) : Fault.none());

        var run = bench.awaitEnd(bench.start("{}", Api.DATED));

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertThat(bench.openPhone().requests().count("/v1/conversations")).isZero();
    }

    @Test
    @Landing
    void where_v1_is_retired_a_run_that_is_to_ask_the_newer_api_alone_ends() {
        var gone = Fault.answer(Reply.html(404, "<html><body>Cannot GET</body></html>"));
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? gone : Fault.none());

        var run = bench.awaitEnd(bench.start("{}", Api.DATED));

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertEverythingIsStored();
    }

    /** The last activity of a group; its id. */
    private String addGroupCall() {
        var group = workspace.threads().conversations().stream().filter(one -> one.participants().size() > 1).findFirst()
                .orElseThrow();
        var own = workspace.directory().phoneNumbers().stream().filter(number -> number.id().equals(group.phoneNumberId()))
                .findFirst().orElseThrow();
        var parties = Stream.concat(group.participants().stream(), Stream.of(own.number())).toList();
        var at = Instant.parse("2026-11-01T10:00:00Z");
        workspace.addCall(new SampleCall(null, null, null, "incoming", "missed", at, at, null, 0, null, null, null, "ACgroup",
                own.id(), parties, at, own.users().getFirst().id()), group.id());
        return "ACgroup";
    }

    /** A conversation with a party that v1 does not take. */
    private void addShortCode() {
        addShortCode(workspace.threads().conversations().getFirst().phoneNumberId());
    }

    private void addShortCode(String number) {
        workspace.addConversation("CNcode", number, List.of("22395"), Instant.parse("2026-03-03T10:00:00Z"));
        workspace.addMessage("ACcode", "CNcode", "Your code is 123456", Instant.parse("2026-03-03T10:00:00Z"));
    }

    private Set<String> inDoubt() {
        var ids = new TreeSet<String>();
        bench.database().rows("SELECT subject_id FROM workspace_gaps WHERE kind = 'unavailable' AND subject = 'conversation'")
                .forEach(row -> ids.add(row.text("subject_id")));
        return ids;
    }

    private boolean workspace() {
        return RestAssured.given().get("/api/workspace").then().statusCode(200).extract().path("complete");
    }

    private Row reconciled() {
        return bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}", Api.AUTO));
    }

    private Row imported() {
        return bench.awaitEnd(bench.start("{}", Api.AUTO));
    }

    private void assertEverythingIsStored() {
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        var calls = new TreeSet<>(workspace.calls().ids());
        workspace.calls().groupCalls().forEach(call -> calls.add(call.id()));
        assertThat(bench.database().ids("calls")).isEqualTo(calls);
    }

    private @Nullable String assignee(String conversation) {
        return workspace.threads().conversations().stream().filter(one -> one.id().equals(conversation)).findFirst()
                .orElseThrow().assignedTo();
    }

    /** One with a single other party; what happened in it does not name it again. */
    private String aQuietConversation() {
        return workspace.threads().conversations().stream().filter(one -> one.participants().size() == 1)
                .map(one -> one.id()).min(String::compareTo).orElseThrow();
    }

    /** None that is the last activity of its conversation: those are asked for by their ids. */
    private Set<String> everyHundredthMessage() {
        var last = new HashSet<String>();
        workspace.threads().conversations().forEach(one -> last.add(String.valueOf(one.lastActivityId())));
        var ids = workspace.threads().messages().stream().map(SampleMessage::id).filter(id -> !last.contains(id)).sorted()
                .toList();
        var hidden = new HashSet<String>();
        for (int i = 0; i < ids.size(); i += 100) {
            hidden.add(ids.get(i));
        }
        return hidden;
    }

    private Set<String> warnings() {
        var what = new HashSet<String>();
        bench.database().rows("SELECT what FROM import_issues WHERE level = 'warning'")
                .forEach(row -> what.add(row.text("what")));
        return what;
    }

    private JsonNode check(Row run) {
        return check(run.uuid("id"));
    }

    private JsonNode check(UUID run) {
        var verdict = RestAssured.given().get("/api/runs/{id}/verification", run).then().statusCode(200).extract()
                .as(JsonNode.class);
        for (var check : verdict.path("checks")) {
            if (check.path("name").asText().startsWith("A sample of conversations")) {
                return check;
            }
        }
        throw new AssertionError("There is no such check in " + verdict);
    }
}
