package org.openphoneimport.verification;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a repair has read again, and what it stores from what the verification has at hand. */
@QuarkusTest
@ClockStopped
class RepairTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID BATCH = UUID.fromString("00000000-0000-0000-0000-000000000002");

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();

    @Inject
    Repair repair;

    @BeforeEach
    void a_run_and_what_it_has_read() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, created_at, listing_stage, listed_at)
                VALUES (?, 'historical', 'failed', '2020-01-01', 'hash', '2026-03-10T00:00:00Z', 'done', now())
                """, RUN);
        rows.execute("INSERT INTO verifications (run_id, status, listing_id) VALUES (?, 'discrepancies', ?)", RUN, RUN);
        rows.execute("INSERT INTO import_batches (id, run_id, number, status) VALUES (?, ?, 1, 'done')", BATCH, RUN);
        conversation("CN1", "done");
        conversation("CN2", "done");
    }

    @Test
    void without_a_finding_there_is_nothing_to_repair() {
        found("unavailable", "conversation", "CN1", "CN1", "readings");
        found("absent", "message", "AC1", "CN1", "rows");

        assertThat(begin(false)).isFalse();

        assertThat(readAgain()).isEmpty();
        assertThat(bench.run(RUN).get("repaired_at")).isNull();
    }

    @Test
    void a_conversation_of_which_a_message_is_missing_or_different_is_read_from_its_first_page() {
        found("missing", "message", "AC1", "CN1", "rows");
        found("different", "message", "AC2", "CN2", "rows");

        assertThat(begin(false)).isTrue();

        assertThat(readAgain()).containsExactlyInAnyOrder("CN1", "CN2");
        var reading = rows.row("SELECT * FROM import_conversations WHERE conversation_id = 'CN1'");
        assertThat(reading.text("stage")).isEqualTo("messages");
        assertThat(reading.get("completed_at")).isNull();
        assertThat(bench.run(RUN).get("repaired_at")).isNotNull();
    }

    @Test
    void a_last_activity_that_was_not_answered_for_has_its_conversation_read_again() {
        found("missing", "activity", "AC1", "CN1", "activities");

        assertThat(begin(false)).isTrue();

        assertThat(readAgain()).containsExactly("CN1");
    }

    @Test
    void a_conversation_that_could_not_be_read_is_tried_again_only_when_that_is_wanted() {
        rows.execute("UPDATE import_conversations SET status = 'failed' WHERE conversation_id = 'CN1'");
        found("missing", "conversation", "CN1", "CN1", "readings");

        assertThat(begin(false)).isFalse();
        assertThat(readAgain()).isEmpty();

        assertThat(begin(true)).isTrue();
        assertThat(readAgain()).containsExactly("CN1");
    }

    @Test
    void what_slices_have_not_brought_is_left_to_them() {
        rows.execute("UPDATE import_conversations SET status = 'failed', batch_id = NULL WHERE conversation_id = 'CN1'");
        found("missing", "conversation", "CN1", "CN1", "readings");

        assertThat(begin(true)).isFalse();

        assertThat(readAgain()).isEmpty();
    }

    @Test
    void what_slices_have_not_brought_is_read_through_the_other_api_as_far_as_that_gives_it() {
        rows.execute("UPDATE import_conversations SET status = 'failed', batch_id = NULL");
        rows.execute("UPDATE conversations SET participants = '{12345}' WHERE id = 'CN2'");
        found("missing", "conversation", "CN1", "CN1", "readings");
        found("missing", "conversation", "CN2", "CN2", "readings");
        rows.execute(
                "UPDATE import_runs SET api = '2026-03-30', witness = 'v1', witness_obstacle = 'v1 could not be asked: no answer'");

        assertThat(begin(false)).isFalse();

        rows.execute("UPDATE import_runs SET witness_obstacle = NULL");
        assertThat(begin(false)).isTrue();
        assertThat(readAgain()).containsExactly("CN1");
    }

    @Test
    void a_conversation_of_another_run_that_lacks_something_is_read_by_this_one() {
        rows.execute("DELETE FROM import_conversations");
        found("missing", "message", "AC1", "CN1", "rows");

        assertThat(begin(false)).isTrue();

        assertThat(readAgain()).containsExactly("CN1");
    }

    @Test
    void those_with_the_same_number_and_parties_are_read_with_it() {
        rows.execute("UPDATE conversations SET thread_key = 'PN1 +16175550101'");
        found("missing", "message", "AC1", "CN2", "rows");

        assertThat(begin(false)).isTrue();

        assertThat(readAgain()).containsExactlyInAnyOrder("CN1", "CN2");
        assertThat(rows.value("SELECT same_thread_as FROM import_conversations WHERE conversation_id = 'CN2'"))
                .isEqualTo("CN1");
    }

    @Test
    void a_conversation_that_vanished_or_was_changed_is_stored_as_it_was_listed() {
        rows.execute("DELETE FROM conversations WHERE id = 'CN1'");
        rows.execute("UPDATE conversations SET name = 'Changed' WHERE id = 'CN2'");
        found("missing", "conversation", "CN1", "CN1", "conversations");
        found("different", "conversation", "CN2", "CN2", "conversations");

        assertThat(begin(false)).isTrue();

        assertThat(rows.ids("conversations")).isEqualTo(Set.of("CN1", "CN2"));
        assertThat(rows.value("SELECT name FROM conversations WHERE id = 'CN2'")).isEqualTo("Listed");
        assertThat(readAgain()).as("one that was only changed need not be read").containsExactly("CN1");
    }

    @Test
    void a_number_that_vanished_is_stored_as_it_was_listed() {
        rows.execute("""
                UPDATE verifications SET numbers = '[{"id": "PN1", "number": "+16175550100"}, {"id": "PN2"}]'
                """);
        found("missing", "phone number", "PN1", null, "numbers");

        assertThat(begin(false)).isTrue();

        assertThat(rows.ids("phone_numbers")).containsExactly("PN1");
    }

    @Test
    void a_directory_that_was_changed_is_listed_again() {
        found("different", "user", "US1", null, "directory");

        assertThat(begin(false)).isTrue();

        assertThat(bench.run(RUN).text("listing_stage")).isEqualTo("users");
        assertThat(bench.run(RUN).get("listed_at")).isNull();
    }

    @Test
    void a_directory_that_is_as_it_was_is_not_listed_again() {
        found("missing", "message", "AC1", "CN1", "rows");

        assertThat(begin(false)).isTrue();

        assertThat(bench.run(RUN).text("listing_stage")).isEqualTo("done");
    }

    @Test
    void a_file_that_is_gone_is_fetched_again_and_one_that_was_never_noted_for_the_first_time() {
        rows.execute("""
                INSERT INTO messages (id, conversation_id, payload) VALUES ('AC1', 'CN1',
                    '{"media": [{"url": "https://media.example.com/1"}, {"url": "https://media.example.com/2"}]}')
                """);
        rows.execute("""
                INSERT INTO media (subject, subject_id, position, url, status, storage_key, stored_at, size)
                VALUES ('message', 'AC1', 0, 'https://media.example.com/1', 'stored', 'message/AC1/0', now(), 1)
                """);
        found("missing", "media", "message/AC1/0", "CN1", "files");
        found("missing", "media", "message/AC1/1", "CN1", "files");

        assertThat(begin(false)).isTrue();

        assertThat(rows.rows("SELECT * FROM media ORDER BY position")).extracting(row -> row.text("status"))
                .containsExactly("pending", "pending");
        assertThat(bench.run(RUN).number("total_media")).isEqualTo(2);
        assertThat(readAgain()).isEmpty();
    }

    @Test
    void what_is_read_again_begins_with_the_window_or_with_what_was_read_before_it() {
        rows.execute("UPDATE import_runs SET window_from = '2026-03-01T00:00:00Z', window_from_given = true");
        rows.execute(
                """
                        INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                        VALUES ('CN1', '{[2026-03-01T00:00:00Z,2026-03-10T00:00:00Z)}', '{[2026-02-01T00:00:00Z,2026-03-10T00:00:00Z)}'),
                            ('CN2', '{(,2026-03-10T00:00:00Z)}', '{}')
                        """);
        found("missing", "message", "AC1", "CN1", "rows");
        found("missing", "message", "AC2", "CN2", "rows");

        assertThat(begin(false)).isTrue();

        assertThat(rows.row("SELECT read_after FROM import_conversations WHERE conversation_id = 'CN1'").time("read_after"))
                .isEqualTo(Instant.parse("2026-01-31T23:59:59.999Z"));
        assertThat(rows.value("SELECT read_after FROM import_conversations WHERE conversation_id = 'CN2'")).isNull();
    }

    @Test
    void rows_that_vanished_are_taken_out_of_the_counts_until_they_come_again() {
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages, messages_digest) VALUES ('CN1', 5, 5)
                """);
        rows.execute("UPDATE import_conversations SET messages = 5 WHERE conversation_id = 'CN1'");
        rows.execute("UPDATE import_runs SET processed_messages = 50");
        rows.execute(
                """
                        INSERT INTO messages (id, conversation_id, digest, payload) VALUES ('AC1', 'CN1', 1, '{}'), ('AC2', 'CN1', 1, '{}')
                        """);
        found("missing", "message", "AC3", "CN1", "rows");

        assertThat(begin(false)).isTrue();

        assertThat(bench.run(RUN).number("processed_messages")).isEqualTo(47);
        assertThat(rows.count("SELECT messages FROM import_conversations WHERE conversation_id = 'CN1'")).isEqualTo(2);
        assertThat(rows.count("SELECT messages FROM conversation_records WHERE conversation_id = 'CN1'")).isEqualTo(2);
    }

    private boolean begin(boolean failedToo) {
        return repair.begin(RUN, rows.count("SELECT id FROM verifications"), false, failedToo);
    }

    /** One that this run has read, and its verification listed. */
    private void conversation(String id, String status) {
        var party = "+1617555010" + id.charAt(2);
        rows.execute("""
                INSERT INTO conversations (id, phone_number_id, participants, thread_key, payload)
                VALUES (?, 'PN1', ARRAY[?], ?, '{"id": "CN"}')
                """, id, party, id);
        rows.execute(
                """
                        INSERT INTO listed_conversations (listing_id, conversation_id, payload)
                        VALUES (?, ?, jsonb_build_object('id', CAST(? AS text), 'name', 'Listed', 'phoneNumberId', 'PN1', 'participants',
                            jsonb_build_array(CAST(? AS text))))
                        """,
                RUN, id, id, party);
        rows.execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, status, stage, completed_at)
                VALUES (?, ?, ?, ?, 'calls', now())
                """, RUN, BATCH, id, status);
    }

    private void found(String kind, String subject, String id, @Nullable String conversation,
            String check) {
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id, check_name)
                SELECT id, ?, ?, ?, 'Found', %s, ? FROM verifications
                """.formatted(conversation == null ? "NULL" : "'" + conversation + "'"), kind, subject, id, check);
    }

    private List<String> readAgain() {
        return rows.rows("SELECT conversation_id FROM import_conversations WHERE status = 'pending'").stream()
                .map(row -> row.text("conversation_id")).toList();
    }
}
