package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.HeldAnswer;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Verifications beside each other and beside imports: each compares with its own listing, and nothing new looks absent. */
@QuarkusTest
class ConcurrentVerificationTest {

    private static final int CONVERSATIONS = 40;

    private final Bench bench = Bench.get();

    @Inject
    Verifications verifications;
    @Inject
    Questions questions;
    private SampleWorkspace workspace;
    private UUID first;

    @BeforeEach
    void import_a_workspace_of_two_pages() {
        bench.reset();
        workspace = Bench.workspace(CONVERSATIONS);
        bench.openPhone().serve(workspace);
        first = bench.importAll().uuid("id");
    }

    @AfterEach
    void let_the_clock_go_on() {
        bench.startClock();
    }

    @Test
    @Landing
    void two_verifications_at_once_compare_with_all_conversations() {
        var second = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}")).uuid("id");
        var held = hold(ConcurrentVerificationTest::isSecondPage);
        verify(first, "{}");
        bench.soon().until(held::isHeld);

        verify(second, "{}");
        awaitVerdict(second);
        held.release();
        awaitVerdict(first);

        assertEverythingWasCompared(first);
        assertEverythingWasCompared(second);
    }

    @Test
    @Landing
    void a_verification_beside_a_reconciliation_compares_with_all_conversations_and_so_does_the_reconciliations() {
        var held = hold(ConcurrentVerificationTest::isSecondPage);
        verify(first, "{}");
        bench.soon().until(held::isHeld);

        var second = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}")).uuid("id");
        held.release();
        awaitVerdict(first);

        assertEverythingWasCompared(first);
        assertEverythingWasCompared(second);
    }

    @Test
    @Landing
    void a_verification_begins_no_listing_that_another_one_of_its_run_goes_on_with() {
        var held = hold(ConcurrentVerificationTest::isSecondPage);
        verify(first, "{}");
        bench.soon().until(held::isHeld);
        var half = bench.database().value("SELECT listing_id FROM verifications WHERE status = 'running'");

        // As when the run is repaired meanwhile, and comes to its end.
        bench.database().execute("UPDATE import_runs SET status = 'verifying' WHERE id = ?", first);
        verifications.begin(first, false, true);

        assertThat(bench.database().value("SELECT listing_id FROM verifications WHERE status = 'running'")).isNotEqualTo(half);
        held.release();
        assertThat(bench.awaitEnd(first).text("status")).isEqualTo("completed");
        assertEverythingWasCompared(first);
    }

    @Test
    @Landing
    void a_message_that_is_stored_while_openphone_answers_is_not_absent() {
        var conversation = workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.deletedAt() == null).findFirst().orElseThrow();
        var held = hold(request -> request.path().equals("/v1/messages")
                && request.parameter("phoneNumberId").orElse("").equals(conversation.phoneNumberId())
                && conversation.participants().equals(request.parameters().get("participants")));
        verify(first, "{\"full\":true}");
        bench.soon().until(held::isHeld);

        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, payload, last_run_id) VALUES ('ACbetween', ?, '{}', ?)
                """, conversation.id(), first);
        held.release();
        awaitVerdict(first);

        assertThat(bench.database().size("messages WHERE absent_since IS NOT NULL")).isZero();
        assertThat(found("message")).doesNotContain("absent ACbetween");
    }

    @Test
    @Thorough
    void a_conversation_that_is_stored_after_it_could_be_listed_is_not_absent() {
        var held = hold(request -> request.path().equals("/v1/conversations")
                && request.parameter("updatedAfter").isPresent());
        verify(first, "{}");
        bench.soon().until(held::isHeld);

        workspace.addConversation("CNbetween", workspace.directory().phoneNumbers().getFirst().id(), List.of("+16175550199"),
                Instant.now());
        bench.start("{\"type\":\"reconciliation\"}");
        bench.soon().until(() -> bench.database().size("conversations WHERE id = 'CNbetween'") == 1);
        held.release();
        awaitVerdict(first);

        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertThat(found("conversation")).doesNotContain("absent CNbetween");
    }

    @Test
    void a_verification_that_was_to_end_a_cancelled_run_marks_nothing() {
        bench.stopClock();
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, payload) SELECT 'ACnext', min(id), '{}' FROM conversations
                WHERE thread_key IS NOT NULL
                """);
        bench.database().execute("UPDATE import_runs SET status = 'cancelled'");
        verifications.begin(first, false, true);
        bench.database().execute("UPDATE verifications SET stage = 'doubts' WHERE status = 'running'");
        var claim = verifications
                .claim(bench.database().row("SELECT id FROM verifications WHERE status = 'running'").number("id"))
                .orElseThrow();

        assertThatThrownBy(() -> questions.write(claim, claim.place())).isInstanceOf(NotNowException.RunStopped.class);

        assertThat(bench.database().size("messages WHERE absent_since IS NOT NULL")).isZero();
        verifications.drop(claim);
    }

    @Test
    @Landing
    void listings_that_nobody_compares_with_any_more_are_forgotten() {
        for (int i = 0; i < 3; i++) {
            verify(first, "{}");
            awaitVerdict(first);
        }

        assertThat(bench.database().size("listed_conversations")).isLessThanOrEqualTo(2 * CONVERSATIONS);

        bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}"));

        assertThat(bench.database().size("listed_conversations")).isEqualTo(CONVERSATIONS);
    }

    private HeldAnswer hold(Predicate<SampleRequest> which) {
        var held = new HeldAnswer(which);
        bench.openPhone().intercept(held);
        return held;
    }

    private static boolean isSecondPage(SampleRequest request) {
        return request.path().equals("/v1/conversations") && request.parameter("pageToken").isPresent()
                && request.parameter("updatedAfter").isEmpty();
    }

    private void assertEverythingWasCompared(UUID run) {
        var verdict = RestAssured.get("/api/runs/{id}/verification", run).jsonPath();
        assertThat(verdict.getString("status")).as(verdict.prettify()).isEqualTo("clean");
        assertThat(verdict.getInt("checks[0].checked")).isEqualTo(CONVERSATIONS);
        assertThat(bench.database().size("conversations WHERE absent_since IS NOT NULL")).isZero();
        assertThat(found("conversation")).noneMatch(one -> one.startsWith("absent"));
    }

    private List<String> found(String subject) {
        return bench.database().rows("SELECT kind || ' ' || subject_id AS what FROM discrepancies WHERE subject = ?", subject)
                .stream().map(row -> row.text("what")).toList();
    }

    private void verify(UUID run, String payload) {
        RestAssured.given().body(payload).post("/api/runs/{id}/verify", run).then().statusCode(200);
    }

    private void awaitVerdict(UUID run) {
        bench.soon().atMost(Duration.ofSeconds(30)).until(() -> bench.database()
                .count("SELECT count(*) FROM verifications WHERE run_id = ? AND status = 'running'", run) == 0);
    }
}
