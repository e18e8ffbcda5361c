package org.openphoneimport.verification;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What keeps a database from holding all of its workspace. Everything was listed on March 10, and has been verified since. */
@QuarkusTest
@ClockStopped
class WorkspaceGapsTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();

    @Inject
    WorkspaceCheck workspace;

    @BeforeEach
    void a_run_and_what_it_has_read() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, created_at)
                VALUES (?, 'historical', 'completed', '2020-01-01', 'hash', '2026-03-10T00:00:00Z')
                """, RUN);
        rows.execute("INSERT INTO verifications (run_id, status) VALUES (?, 'clean')", RUN);
        rows.execute("""
                INSERT INTO list_records (list, read) SELECT list, '{(,2026-03-10T00:00:00Z)}'
                FROM unnest(ARRAY['conversations', 'users', 'contacts', 'custom_fields', 'tasks', 'organization',
                    'number_hours', 'number_members', 'number_settings', 'contact_notes', 'contact_properties',
                    'contact_shares']) AS list
                """);
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_id, last_activity_at, payload)
                VALUES ('CN1', '{+16175550101}', 'PN1 +16175550101', 'AC1', '2026-03-01T00:00:00Z', '{"id": "CN1"}')
                """);
        rows.execute("INSERT INTO messages (id, conversation_id, payload) VALUES ('AC1', 'CN1', '{}')");
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                VALUES ('CN1', '{(,2026-03-10T00:00:00Z)}', '{(,2026-03-10T00:00:00Z)}')
                """);
    }

    @Test
    void nothing_is_lacking_when_all_that_is_listed_has_been_read() {
        assertThat(gaps()).isEmpty();
        assertThat(workspace.read().complete()).isTrue();
    }

    @Test
    void a_conversation_that_was_never_read_is_missing() {
        rows.execute("DELETE FROM conversation_records");

        assertThat(gaps()).containsExactly("missing: conversations that have never been read to their end");
        assertThat(workspace.read().complete()).isFalse();
    }

    @Test
    void a_time_that_was_not_read_is_missing() {
        rows.execute("UPDATE conversation_records SET calls_read = '{(,2026-02-01T00:00:00Z)}'");

        assertThat(gaps()).containsExactly("missing: conversations with a time that has not been read");
    }

    @Test
    void a_time_between_two_readings_is_missing() {
        rows.execute("UPDATE conversation_records SET calls_read = '{(,2026-02-01T00:00:00Z),[2026-02-10T00:00:00Z,)}'");

        assertThat(gaps()).containsExactly("missing: conversations with a time that has not been read");
    }

    @Test
    void a_time_in_which_nothing_happened_need_not_have_been_read() {
        rows.execute("""
                UPDATE conversation_records SET messages_read = '{(,2026-03-01T00:00:01Z)}',
                    calls_read = '{(,2026-03-01T00:00:01Z)}'
                """);

        assertThat(gaps()).isEmpty();
    }

    @Test
    void what_is_read_of_the_whole_workspace_is_read_of_each_conversation() {
        rows.execute("DELETE FROM conversation_records");
        rows.execute("""
                INSERT INTO list_records (list, read)
                VALUES ('messages', '{(,2026-03-10T00:00:00Z)}'), ('calls', '{(,2026-03-10T00:00:00Z)}')
                """);
        assertThat(gaps()).isEmpty();

        rows.execute("INSERT INTO conversation_records (conversation_id, calls_doubted_at) VALUES ('CN1', now())");
        assertThat(gaps()).containsExactly("missing: conversations with a time that has not been read");
    }

    @Test
    void what_openphone_refuses_is_unavailable_only_if_nothing_else_is_lacking() {
        rows.execute("UPDATE conversation_records SET messages_read = '{}', messages_refused = 'OpenPhone answered 403'");
        assertThat(gaps()).containsExactly("unavailable: conversations that OpenPhone refuses");

        rows.execute("UPDATE conversation_records SET calls_read = '{}'");
        assertThat(gaps()).containsExactly("missing: conversations that have never been read to their end");
    }

    @Test
    void conversations_with_short_codes_are_named_apart() {
        rows.execute("UPDATE conversation_records SET messages_read = '{}', messages_refused = 'OpenPhone answered 400'");
        rows.execute("UPDATE conversations SET participants = '{24365}'");

        assertThat(gaps()).containsExactly(
                "unavailable: conversations with short codes or hidden numbers, which OpenPhone refuses");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{+16175550101}", "{24365}", "{+16175550101,+16175550102}" })
    void what_a_list_leaves_out_is_said_of_whomever_the_conversation_is_with(String participants) {
        rows.execute("UPDATE conversations SET participants = CAST(? AS text[])", participants);
        rows.execute("UPDATE conversation_records SET messages_read = '{}', messages_refused = 'It leaves out AC9'");
        rows.execute("INSERT INTO found_by_id (id, conversation_id, subject) VALUES ('AC9', 'CN1', 'message')");

        assertThat(gaps()).containsExactly("unavailable: conversations whose lists leave out what OpenPhone gives by its id");
    }

    @Test
    void calls_of_groups_are_unavailable_as_long_as_only_v1_was_asked() {
        rows.execute("UPDATE conversations SET participants = '{+16175550101,+16175550102}'");
        rows.execute("UPDATE conversation_records SET calls_read = '{}'");

        assertThat(gaps()).containsExactly("unavailable: conversations of groups, whose calls v1 does not give");
    }

    @Test
    void a_last_activity_that_should_have_been_read_and_is_not_stored_is_missing() {
        rows.execute("DELETE FROM messages");
        assertThat(gaps()).containsExactly("missing: last activities that are listed and not stored");

        rows.execute("UPDATE conversations SET last_activity_at = '2026-03-10T00:00:01Z'");
        assertThat(gaps()).as("it came after the listing").isEmpty();

        rows.execute("UPDATE conversations SET last_activity_at = '2026-03-01T00:00:00Z'");
        rows.execute("INSERT INTO unavailable_activities (id, finding) VALUES ('AC1', 'OpenPhone answered 404')");
        assertThat(gaps()).containsExactly("unavailable: last activities that OpenPhone names and does not give");
    }

    @Test
    void a_list_of_the_directory_that_was_not_read_is_missing_and_one_that_is_refused_unavailable() {
        rows.execute("DELETE FROM list_records WHERE list = 'users'");
        assertThat(gaps()).containsExactly("missing: lists of the directory that have not been read: users");

        rows.execute("INSERT INTO list_records (list, read, refused) VALUES ('users', '{}', 'OpenPhone answered 403')");
        assertThat(gaps()).containsExactly("unavailable: lists of the directory that OpenPhone refuses: users");
    }

    @Test
    void a_database_that_was_not_compared_since_it_was_cleared_is_not_complete() {
        rows.execute("UPDATE import_runs SET cleared_at = now()");

        assertThat(gaps()).containsExactly("missing: databases that have not been compared with OpenPhone yet");
    }

    @Test
    void what_the_last_verification_found_is_missing_and_what_one_before_it_found_is_not() {
        found("missing", "message");
        assertThat(gaps()).containsExactly("missing: messages that OpenPhone has and that are not stored");

        rows.execute("INSERT INTO verifications (run_id, status) VALUES (?, 'running')", RUN);
        assertThat(gaps()).as("the next one is running").hasSize(1);

        rows.execute("UPDATE verifications SET status = 'clean' WHERE status = 'running'");
        assertThat(gaps()).isEmpty();
    }

    @Test
    void parts_that_were_asked_for_in_vain_are_not_said_to_have_not_been_asked_for() {
        rows.execute("""
                INSERT INTO directory_parts (subject, subject_id, kind, status, run_id, attempts) VALUES
                    ('contact', 'C1', 'contact_notes', 'pending', ?, 0), ('contact', 'C1', 'contact_shares', 'pending', ?, 2)
                """, RUN, RUN);
        rows.execute("""
                INSERT INTO call_parts (call_id, kind, status, run_id, attempts) VALUES
                    ('AC2', 'transcript', 'pending', ?, 0), ('AC2', 'summary', 'pending', ?, 2)
                """, RUN, RUN);

        assertThat(gaps()).containsExactly("missing: contact notes that have not been asked for",
                "missing: contact shares that OpenPhone has not answered yet",
                "missing: summaries of calls that OpenPhone has not answered yet",
                "missing: transcripts of calls that have not been asked for");
    }

    @Test
    void only_what_is_unavailable_can_be_accepted() {
        rows.execute("""
                INSERT INTO accepted_gaps (subject, subject_id, finding, accepted_by, reason)
                VALUES ('conversation', 'CN1', 'OpenPhone answered 403', 'Olga', 'A test number')
                """);
        rows.execute("UPDATE conversation_records SET messages_read = '{}'");
        assertThat(workspace.read().complete()).as("it can be brought").isFalse();

        rows.execute("UPDATE conversation_records SET messages_refused = 'OpenPhone answered 403'");
        assertThat(workspace.read().complete()).isTrue();
        assertThat(workspace.read().accepted()).isEqualTo(1);
    }

    private void found(String kind, String subject) {
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, check_name)
                SELECT max(id), ?, ?, 'AC9', 'Found', 'rows' FROM verifications
                """, kind, subject);
    }

    @Test
    void a_file_that_only_a_cancelled_run_has_wanted_lacks_as_long_as_something_points_to_it() {
        rows.execute("INSERT INTO media (subject, subject_id, url) VALUES ('message', 'AC1', 'https://media.example.com/a')");
        rows.execute("INSERT INTO import_media (run_id, subject, subject_id, position) VALUES (?, 'message', 'AC1', 0)", RUN);
        assertThat(gaps()).as("it is fetched").containsExactly("waiting: files that have not been downloaded yet");

        rows.execute("UPDATE import_runs SET status = 'cancelled'");
        assertThat(gaps()).isEmpty();

        rows.execute("UPDATE messages SET payload = '{\"media\": [{\"url\": \"https://media.example.com/a\"}]}'");
        assertThat(gaps()).containsExactly("waiting: files that have not been downloaded yet");
    }

    private List<String> gaps() {
        return rows.rows("SELECT DISTINCT kind || ': ' || reason AS text FROM workspace_gaps WHERE NOT accepted ORDER BY 1")
                .stream().map(row -> row.text("text")).toList();
    }
}
