package org.openphoneimport.verification;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.Fields;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A conversation as OpenPhone has it against what is stored of it. The run that is verified began on March 10. */
@QuarkusTest
@ClockStopped
class ComparisonTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID OWNER = UUID.fromString("00000000-0000-0000-0000-000000000002");
    private static final Instant BEGAN = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant SENT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant DELIVERED = Instant.parse("2026-03-02T00:00:00Z");
    private static final Question.Conversation THREAD = new Question.Conversation("CN1", "PN1", List.of("+16175550101"),
            false);

    private final Bench bench = Bench.get();

    @Inject
    Comparison comparison;

    @BeforeEach
    void a_run_and_what_it_has_read() {
        bench.database().execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, created_at)
                VALUES (?, 'historical', 'completed', '2020-01-01', 'hash', CAST(? AS timestamptz))
                """, RUN, BEGAN.toString());
        bench.database().execute("""
                INSERT INTO verifications (run_id, status, lease_owner, lease_until)
                VALUES (?, 'running', ?, now() + interval '1 minute')
                """, RUN, OWNER);
        bench.database().execute("""
                INSERT INTO conversations (id, phone_number_id, participants, thread_key, payload)
                VALUES ('CN1', 'PN1', '{+16175550101}', 'PN1 +16175550101', '{}')
                """);
        store(message("AC1", "Hello", DELIVERED, "https://media.example.com/1?signature=one"));
        bench.database().execute("""
                UPDATE conversation_records SET messages_read = CAST('{(,2026-03-10T00:00:00Z)}' AS tstzmultirange),
                    calls_read = CAST('{(,2026-03-10T00:00:00Z)}' AS tstzmultirange)
                """);
    }

    @Test
    void what_is_stored_as_openphone_has_it_is_no_difference() {
        assertThat(compare(message("AC1", "Hello", DELIVERED, "https://media.example.com/1?signature=one"))).isEmpty();

        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void another_url_of_a_file_is_no_difference() {
        assertThat(compare(message("AC1", "Hello", DELIVERED, "https://media.example.com/1?signature=two"))).isEmpty();
    }

    @Test
    void another_text_is_a_difference() {
        assertThat(compare(message("AC1", "Good bye", DELIVERED, "https://media.example.com/1?signature=one")))
                .containsExactly("different message AC1");

        assertThat(isDoubted("messages")).isTrue();
        assertThat(isDoubted("calls")).isFalse();
    }

    @Test
    void an_older_state_is_no_difference() {
        assertThat(compare(message("AC1", "Hell", SENT, "https://media.example.com/1?signature=one"))).isEmpty();
    }

    /** Both APIs give times in ISO 8601, which does not say how exact they are. */
    @Test
    void what_the_newer_api_has_given_in_other_words_and_whole_seconds_is_no_difference() {
        bench.database().execute("UPDATE import_runs SET api = '2026-03-30'");

        assertThat(compare(message("AC1", "Hello.", DELIVERED.plusMillis(123), null))).isEmpty();
        assertThat(compare(message("AC1", "Hello.", DELIVERED.plusSeconds(1), null))).containsExactly("different message AC1");
    }

    @Test
    void another_state_that_does_not_say_when_it_changed_is_a_difference() {
        assertThat(compare(message("AC1", "Good bye", SENT, null, null))).containsExactly("different message AC1");
    }

    @Test
    void what_changed_after_the_run_is_newer() {
        assertThat(compare(message("AC1", "Good bye", BEGAN.plusSeconds(1), "https://media.example.com/1?signature=one")))
                .containsExactly("newer message AC1");

        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void a_row_that_something_else_has_changed_is_different_even_if_openphone_has_a_newer_one() {
        bench.database().execute("UPDATE messages SET text = 'Changed'");

        assertThat(compare(message("AC1", "Good bye", BEGAN.plusSeconds(1), "https://media.example.com/1?signature=one")))
                .containsExactly("different message AC1");
    }

    @Test
    void a_row_that_vanished_is_missing_and_what_was_read_does_not_count_any_more() {
        bench.database().execute("DELETE FROM messages");

        assertThat(compare(message("AC1", "Hello", DELIVERED, "https://media.example.com/1?signature=one")))
                .containsExactly("missing message AC1");

        assertThat(isDoubted("messages")).isTrue();
        assertThat(isDoubted("calls")).isFalse();
        assertThat(bench.database().count("SELECT messages FROM conversation_records")).as("it is still expected").isEqualTo(1);
    }

    @Test
    void a_row_that_was_created_after_the_run_is_newer_unless_that_time_was_read() {
        var first = message("AC1", "Hello", DELIVERED, "https://media.example.com/1?signature=one");
        var later = message("AC2", "Good morning", BEGAN.plusSeconds(1), BEGAN.plusSeconds(1), null);

        assertThat(compare(first, later)).containsExactly("newer message AC2");

        bench.database().execute("DELETE FROM discrepancies");
        bench.database().execute("""
                UPDATE conversation_records SET messages_read = CAST('{(,2026-03-11T00:00:00Z)}' AS tstzmultirange)
                """);
        assertThat(compare(first, later)).containsExactly("missing message AC2");
    }

    @Test
    void what_a_window_leaves_out_is_not_missing_unless_it_was_read() {
        bench.database().execute("UPDATE import_runs SET window_from = '2026-03-05', window_from_given = true");
        bench.database().execute("DELETE FROM messages");
        bench.database().execute("UPDATE conversation_records SET messages_read = '{}'");
        var first = message("AC1", "Hello", DELIVERED, null);

        assertThat(compare(first)).isEmpty();

        bench.database().execute("""
                UPDATE conversation_records SET messages_read = CAST('{(,2026-03-10T00:00:00Z)}' AS tstzmultirange)
                """);
        assertThat(compare(first)).containsExactly("missing message AC1");
    }

    @Test
    void what_came_after_the_run_is_newer_though_its_range_ends_later() {
        bench.database().execute("UPDATE import_runs SET window_to = '2026-03-20'");
        var first = message("AC1", "Hello", DELIVERED, "https://media.example.com/1?signature=one");

        assertThat(compare(first, message("AC2", "Good morning", BEGAN.plusSeconds(1), BEGAN.plusSeconds(1), null)))
                .containsExactly("newer message AC2");
    }

    @Test
    void around_the_range_of_its_run_a_sample_finds_nothing_missing_and_nothing_different() {
        var early = message("AC2", "Good morning", SENT, DELIVERED, null);
        var changed = message("AC1", "Good bye", SENT, DELIVERED.plusSeconds(1), null);

        bench.database().execute("UPDATE import_runs SET window_from = '2026-03-05', window_from_given = true");
        assertThat(compareSampled(early, changed)).containsExactly("newer message AC1", "newer message AC2");
        assertThat(isDoubted("messages")).isFalse();

        bench.database().execute("""
                UPDATE import_runs SET window_from = '2026-02-01', window_from_given = false, window_to = '2026-02-15'
                """);
        bench.database().execute("DELETE FROM discrepancies");
        assertThat(compareSampled(early, changed)).containsExactly("newer message AC1", "newer message AC2");

        bench.database().execute("UPDATE import_runs SET window_to = '2026-03-05'");
        bench.database().execute("DELETE FROM discrepancies");
        assertThat(compareSampled(early, changed)).containsExactly("different message AC1", "missing message AC2");
    }

    /** A run that is retried days later meets rows that turned up since, with older times. */
    @Test
    void what_lacks_in_a_conversation_that_has_moved_since_the_run_began_is_no_sign_that_the_apis_disagree() {
        var late = message("AC2", "I was late", SENT.plusSeconds(1), DELIVERED, null);

        listed(BEGAN.plusSeconds(1));
        compareSampled(message("AC1", "Hello", DELIVERED, null), late);

        assertThat(checkOf("AC2")).isEqualTo("rows");
    }

    @Test
    void what_lacks_in_one_that_has_not_is_such_a_sign_unless_it_is_so_young_that_lists_may_show_it_later() {
        listed(BEGAN.minusSeconds(1));
        compareSampled(message("AC1", "Hello", DELIVERED, null),
                message("AC2", "Long ago", SENT.plusSeconds(1), DELIVERED, null),
                message("AC3", "Just now", BEGAN.minusSeconds(60), BEGAN.minusSeconds(60), null));

        assertThat(checkOf("AC2")).isEqualTo("witness");
        assertThat(checkOf("AC3")).isEqualTo("rows");
    }

    @Test
    void a_row_that_openphone_does_not_show_is_absent_and_no_longer_expected() {
        assertThat(compare()).containsExactly("absent message AC1");

        assertThat(bench.database().value("SELECT absent_since FROM messages")).isNotNull();
        assertThat(bench.database().count("SELECT messages FROM conversation_records")).isZero();
        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void a_row_that_the_newer_api_has_given_is_not_absent_because_v1_does_not_show_it_unless_that_was_asked_as_well() {
        bench.database().execute("UPDATE import_runs SET api = '2026-03-30'");

        assertThat(compare()).isEmpty();
        assertThat(bench.database().value("SELECT absent_since FROM messages")).isNull();

        comparison.compare(claim(Generation.DATED), THREAD, comparison.stored(THREAD), Set.of(), List.of(), List.of(), true);
        assertThat(found()).containsExactly("absent message AC1");
    }

    @Test
    void a_call_of_more_than_two_parties_that_v1_does_not_show_is_no_sign_that_the_apis_disagree() {
        call("ACtwo", "{\"participants\": [{\"phoneNumber\": \"+16175550101\"}, {\"phoneNumber\": \"+16175550100\"}]}");
        call("ACthree", "{\"participants\": [{}, {}, {}]}");

        comparison.compare(claim(), THREAD, comparison.stored(THREAD), Set.of("ACtwo", "ACthree"),
                List.of(message("AC1", "Hello", DELIVERED, null)), List.of(), true);

        assertThat(found()).containsExactly("absent call ACtwo");
    }

    /** A run that reads through v1 takes calls of groups from the list of all calls, which the newer API gives. */
    @Test
    void a_call_that_the_newer_api_has_given_is_compared_as_such_whichever_api_its_run_reads_through() {
        call("ACshown", "{\"id\": \"ACshown\", \"actorId\": \"US1\"}");
        call("AChidden", "{\"id\": \"AChidden\", \"actorId\": \"US1\"}");
        var shown = CallDocument.read(new Fields(JsonNodeFactory.instance.objectNode().put("id", "ACshown").put("userId", "US1")
                .put("createdAt", SENT.toString()).put("updatedAt", DELIVERED.toString())));

        comparison.compare(claim(), THREAD, comparison.stored(THREAD), Set.of(),
                List.of(message("AC1", "Hello", DELIVERED, null)), List.of(shown), true);

        assertThat(found()).isEmpty();
    }

    @Test
    void a_row_that_is_stored_while_openphone_answers_is_not_absent() {
        var before = comparison.stored(THREAD);
        store(message("AC2", "Good morning", DELIVERED, null));

        comparison.compare(claim(), THREAD, before, Set.of(), List.of(message("AC1", "Hello", DELIVERED, null)), List.of(),
                true);

        assertThat(found()).isEmpty();
    }

    @Test
    void calls_of_a_group_are_counted_since_v1_does_not_give_them() {
        bench.database().execute("""
                INSERT INTO calls (id, conversation_id, payload) VALUES ('AC3', 'CN1', '{}'), ('AC4', 'CN1', '{}')
                """);
        bench.database().execute("UPDATE calls AS stored SET digest = row_digest(stored)");
        bench.database().execute("""
                UPDATE conversation_records SET calls = 2, calls_digest = (SELECT sum(digest) FROM calls)
                """);
        var first = message("AC1", "Hello", DELIVERED, null);
        comparison.compare(claim(), THREAD, comparison.stored(THREAD), Set.of(), List.of(first), List.of(), false);
        assertThat(found()).isEmpty();

        bench.database().execute("DELETE FROM calls WHERE id = 'AC3'");
        comparison.compare(claim(), THREAD, comparison.stored(THREAD), Set.of(), List.of(first), List.of(), false);

        assertThat(found()).containsExactly("missing group calls CN1");
        assertThat(isDoubted("calls")).isTrue();
        assertThat(isDoubted("messages")).isFalse();
    }

    @Test
    void a_conversation_that_cannot_be_read_again_is_doubted_altogether() {
        comparison.unreadable(claim(), THREAD, "OpenPhone answered 403");

        assertThat(found()).containsExactly("unavailable conversation CN1");
        assertThat(isDoubted("messages")).isTrue();
        assertThat(isDoubted("calls")).isTrue();
        assertThat(bench.database().value("SELECT calls_refused FROM conversation_records"))
                .isEqualTo("OpenPhone answered 403");
    }

    private List<String> compare(MessageDocument... messages) {
        comparison.compare(claim(), THREAD, comparison.stored(THREAD), Set.of(), List.of(messages), List.<CallDocument> of(),
                true);
        return found();
    }

    private List<String> compareSampled(MessageDocument... messages) {
        var sampled = new Question.Conversation(THREAD.conversation(), THREAD.phoneNumberId(), THREAD.participants(), true);
        comparison.compare(claim(), sampled, comparison.stored(sampled), Set.of(), List.of(messages), List.of(), true);
        return found();
    }

    private List<String> found() {
        return bench.database().rows("SELECT * FROM discrepancies ORDER BY subject_id").stream()
                .map(row -> row.text("kind") + " " + row.text("subject") + " " + row.text("subject_id")).toList();
    }

    private void call(String id, String payload) {
        bench.database().execute("""
                INSERT INTO calls (id, conversation_id, created_at, updated_at, payload, last_run_id)
                VALUES (?, 'CN1', CAST(? AS timestamptz), CAST(? AS timestamptz), CAST(? AS jsonb), ?)
                """, id, SENT.toString(), DELIVERED.toString(), payload, RUN);
        bench.database().execute("UPDATE calls AS stored SET digest = row_digest(stored)");
    }

    private void listed(Instant updatedAt) {
        bench.database().execute("""
                INSERT INTO listed_conversations (listing_id, conversation_id, updated_at, payload)
                VALUES (?, 'CN1', CAST(? AS timestamptz), '{}')
                """, RUN, updatedAt.toString());
    }

    private String checkOf(String id) {
        return bench.database().row("SELECT check_name FROM discrepancies WHERE subject_id = '" + id + "'")
                .text("check_name");
    }

    private boolean isDoubted(String what) {
        return bench.database().row("SELECT * FROM conversation_records").get(what + "_doubted_at") != null;
    }

    private VerificationClaim claim() {
        return claim(Generation.V1);
    }

    private VerificationClaim claim(Generation generation) {
        return new VerificationClaim(bench.database().count("SELECT id FROM verifications"), RUN, OWNER, RUN, false, false,
                BEGAN, BEGAN,
                generation, null, 1, VerificationCheckpoint.at(VerificationCheckpoint.Stage.QUESTIONS));
    }

    private static void store(MessageDocument message) {
        QuarkusTransaction.requiringNew().run(() -> Message.store(List.of(new Message.Received("CN1", message)), RUN));
    }

    private static MessageDocument message(String id, String text, Instant updatedAt, @Nullable String url) {
        return message(id, text, SENT, updatedAt, url);
    }

    private static MessageDocument message(String id, String text, Instant createdAt, @Nullable Instant updatedAt,
            @Nullable String url) {
        JsonNode payload = JsonNodeFactory.instance.objectNode().put("id", id).put("text", text).set("media",
                url == null ? JsonNodeFactory.instance.arrayNode()
                        : JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.objectNode().put("url", url)));
        return new MessageDocument(id, null, "PN1", null, "incoming", "received", "+16175550101", List.of(), text, createdAt,
                updatedAt, List.of(), List.of(), payload);
    }
}
