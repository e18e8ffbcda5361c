package org.openphoneimport.verification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a last activity that was not stored and that OpenPhone gives by its id. */
@QuarkusTest
@ClockStopped
class AnswersTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID OWNER = UUID.fromString("00000000-0000-0000-0000-000000000002");
    private static final Instant BEGAN = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-03-01T00:00:00Z");
    private static final Question.Activity ACTIVITY = new Question.Activity("AC1", "CN1", false);

    private final Bench bench = Bench.get();

    @Inject
    Answers answers;

    @BeforeEach
    void a_run_and_what_it_has_read() {
        bench.database().execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, created_at, total_messages, total_calls)
                VALUES (?, 'historical', 'completed', '2020-01-01', 'hash', CAST(? AS timestamptz), 0, 0)
                """, RUN, BEGAN.toString());
        bench.database().execute("""
                INSERT INTO verifications (run_id, status, lease_owner, lease_until)
                VALUES (?, 'running', ?, now() + interval '1 minute')
                """, RUN, OWNER);
        bench.database().execute("""
                INSERT INTO verification_questions (verification_id, kind, subject_id, conversation_id)
                SELECT id, 'activity', 'AC1', 'CN1' FROM verifications
                """);
        bench.database().execute("INSERT INTO conversations (id, payload) VALUES ('CN1', '{}')");
        bench.database().execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                VALUES ('CN1', '{(,2026-03-10T00:00:00Z)}', '{(,2026-03-10T00:00:00Z)}')
                """);
    }

    @Test
    void a_message_that_should_have_been_read_is_stored_and_its_conversations_messages_are_doubted() {
        answers.found(claim(), ACTIVITY, message(BEFORE));

        assertThat(bench.database().ids("messages")).containsExactly("AC1");
        assertThat(bench.run(RUN).number("processed_messages")).isEqualTo(1);
        assertThat(bench.run(RUN).number("total_messages")).isEqualTo(1);
        assertThat(found()).containsExactly("missing message AC1");
        assertThat(isDoubted("messages")).isTrue();
        assertThat(isDoubted("calls")).isFalse();
        assertThat(isAnswered()).isTrue();
    }

    @Test
    void a_call_that_should_have_been_read_is_stored_and_its_conversations_calls_are_doubted() {
        answers.found(claim(), ACTIVITY, call(BEFORE));

        assertThat(bench.database().ids("calls")).containsExactly("AC1");
        assertThat(bench.run(RUN).number("processed_calls")).isEqualTo(1);
        assertThat(bench.run(RUN).number("total_calls")).isEqualTo(1);
        assertThat(bench.database().size("call_parts")).as("what belongs to it is asked for").isPositive();
        assertThat(isDoubted("messages")).isFalse();
        assertThat(isDoubted("calls")).isTrue();
    }

    @Test
    void a_list_that_nothing_confirms_is_doubted_when_it_has_left_out_what_is_no_longer_young() {
        bench.database().execute("INSERT INTO list_records (list, read) VALUES ('messages', '{(,2026-03-10T00:00:00Z)}'), "
                + "('calls', '{(,2026-03-10T00:00:00Z)}')");

        assertThat(doubtedBy(Generation.DATED, Generation.V1, BEFORE)).isEmpty();
        assertThat(doubtedBy(Generation.V1, null, BEFORE)).isEmpty();
        assertThat(doubtedBy(Generation.DATED, null, BEGAN.minusSeconds(60))).isEmpty();
        assertThat(doubtedBy(Generation.DATED, null, BEFORE)).containsExactly("calls");
    }

    /** Lists that are doubted when a verification finds a call of that time by its id. */
    private List<String> doubtedBy(Generation generation, @Nullable Generation witness, Instant createdAt) {
        bench.database().execute("DELETE FROM found_by_id");
        answers.found(claim(generation, witness), ACTIVITY, call(createdAt));
        return bench.database().rows("SELECT list FROM list_records WHERE read = '{}'").stream().map(row -> row.text("list"))
                .toList();
    }

    /** A second transaction would wait for the verification's row until the first is given up. */
    @Test
    @Timeout(20)
    void what_openphone_names_and_does_not_have_is_unavailable_at_once() {
        answers.gone(claim(), ACTIVITY, "OpenPhone answered 404");

        assertThat(bench.database().ids("unavailable_activities")).containsExactly("AC1");
        assertThat(found()).containsExactly("unavailable activity AC1");
        assertThat(isAnswered()).isTrue();
    }

    @Test
    void what_was_found_by_its_id_and_is_gone_is_recorded_no_more() {
        answers.found(claim(), ACTIVITY, message(BEFORE));
        answers.gone(claim(), ACTIVITY, "OpenPhone answered 404");

        assertThat(bench.database().size("found_by_id")).isZero();
        assertThat(bench.database().size("messages WHERE absent_since IS NOT NULL")).isEqualTo(1);
        assertThat(bench.database().size("conversation_records WHERE messages = 0 AND messages_digest = 0")).isEqualTo(1);
    }

    @Test
    void files_of_a_found_message_are_fetched() {
        answers.found(claim(), ACTIVITY, message(BEFORE));

        assertThat(bench.database().row("SELECT * FROM media").text("url")).isEqualTo("https://media.example.com/1");
        assertThat(bench.run(RUN).number("total_media")).isEqualTo(1);
    }

    @Test
    void what_openphone_refuses_to_list_is_stored_and_nothing_more_is_missing() {
        bench.database().execute("UPDATE conversation_records SET messages_refused = 'OpenPhone answered 403'");

        answers.found(claim(), ACTIVITY, message(BEFORE));

        assertThat(bench.database().ids("messages")).containsExactly("AC1");
        assertThat(found()).isEmpty();
        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void a_refusal_of_messages_says_nothing_of_calls() {
        bench.database().execute("UPDATE conversation_records SET messages_refused = 'OpenPhone answered 403'");

        answers.found(claim(), ACTIVITY, call(BEFORE));

        assertThat(found()).containsExactly("missing call AC1");
    }

    @Test
    void what_came_after_the_run_is_stored_as_newer() {
        answers.found(claim(), ACTIVITY, message(BEGAN.plusSeconds(1)));

        assertThat(bench.database().ids("messages")).containsExactly("AC1");
        assertThat(found()).containsExactly("newer message AC1");
        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void what_came_before_the_window_of_a_run_is_left_out() {
        bench.database().execute("UPDATE import_runs SET window_from = '2026-03-01T00:00:00.001Z', window_from_given = true");

        answers.found(claim(), ACTIVITY, message(BEFORE));

        assertThat(bench.database().ids("messages")).isEmpty();
        assertThat(found()).isEmpty();
        assertThat(isDoubted("messages")).isFalse();
        assertThat(isAnswered()).isTrue();
    }

    @Test
    void what_came_behind_the_window_of_a_run_is_left_out() {
        bench.database().execute("UPDATE import_runs SET window_to = '2026-03-01T00:00:00Z'");

        answers.found(claim(), ACTIVITY, message(BEFORE));

        assertThat(bench.database().ids("messages")).isEmpty();
        assertThat(isAnswered()).isTrue();
    }

    @Test
    void what_openphone_names_and_does_not_give_is_unavailable_and_noted() {
        answers.unavailable(claim(), ACTIVITY, "OpenPhone answered 404");

        assertThat(found()).containsExactly("unavailable activity AC1");
        assertThat(bench.database().row("SELECT * FROM unavailable_activities").text("finding"))
                .isEqualTo("OpenPhone answered 404");
        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void a_worker_that_has_lost_the_verification_stores_nothing() {
        bench.database().execute("UPDATE verifications SET lease_owner = gen_random_uuid()");

        answers.found(claim(), ACTIVITY, message(BEFORE));

        assertThat(bench.database().ids("messages")).isEmpty();
        assertThat(isAnswered()).isFalse();
    }

    private static FoundActivity message(Instant createdAt) {
        return new FoundActivity.OfMessage(new MessageDocument("AC1", null, "PN1", null, "incoming", "received", "+16175550101",
                List.of(), "Hello", createdAt, null, List.of(new MessageDocument.Media("https://media.example.com/1", null)),
                List.of(), JsonNodeFactory.instance.objectNode()));
    }

    private static FoundActivity call(Instant createdAt) {
        return new FoundActivity.OfCall(new CallDocument("AC1", "PN1", null, List.of("+16175550101"), "incoming", "completed",
                60, null, null, null, null, null, null, null, null, createdAt, null, null, null, List.of(),
                JsonNodeFactory.instance.objectNode()));
    }

    private List<String> found() {
        return bench.database().rows("SELECT * FROM discrepancies").stream()
                .map(row -> row.text("kind") + " " + row.text("subject") + " " + row.text("subject_id")).toList();
    }

    private boolean isDoubted(String what) {
        return bench.database().row("SELECT * FROM conversation_records").get(what + "_doubted_at") != null;
    }

    private boolean isAnswered() {
        return bench.database().row("SELECT * FROM verification_questions").get("answered_at") != null;
    }

    private VerificationClaim claim() {
        return claim(Generation.V1, null);
    }

    private VerificationClaim claim(Generation generation, @Nullable Generation witness) {
        return new VerificationClaim(bench.database().count("SELECT id FROM verifications"), RUN, OWNER, RUN, false, false,
                BEGAN, BEGAN,
                generation, witness, 1, VerificationCheckpoint.at(VerificationCheckpoint.Stage.QUESTIONS));
    }
}
