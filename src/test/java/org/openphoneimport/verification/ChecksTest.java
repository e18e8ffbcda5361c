package org.openphoneimport.verification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What Postgres finds by itself when a verification ends. The run that is verified began on March 10. */
@QuarkusTest
@ClockStopped
class ChecksTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID OWNER = UUID.fromString("00000000-0000-0000-0000-000000000002");
    private static final Instant BEGAN = Instant.parse("2026-03-10T00:00:00Z");

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();

    @Inject
    Checks checks;

    @Inject
    CheckFigures figures;

    @BeforeEach
    void a_run_and_what_it_has_read() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, created_at, completed_at)
                VALUES (?, 'historical', 'completed', '2020-01-01', 'hash', CAST(? AS timestamptz), '2026-03-10T00:30:00Z')
                """, RUN, BEGAN.toString());
        rows.execute("""
                INSERT INTO verifications (run_id, status, listing_id, listed_from)
                VALUES (?, 'running', ?, '2026-03-10T01:00:00Z')
                """, RUN, RUN);
    }

    @Test
    void a_conversation_that_was_read_lacks_nothing() {
        conversation("CN1");
        read("CN1", "{(,2026-03-10T00:00:00Z)}", "{(,2026-03-10T00:00:00Z)}");

        assertThat(found()).isEmpty();
    }

    @Test
    void a_conversation_that_was_never_read_to_its_end_is_missing() {
        conversation("CN1");

        assertThat(found()).containsExactly("missing conversation CN1: No run has read it to its end");
    }

    @Test
    void a_conversation_of_which_a_time_was_not_read_is_missing() {
        conversation("CN1");
        read("CN1", "{(,2026-01-01T00:00:00Z)}", "{(,2026-03-10T00:00:00Z)}");

        assertThat(found()).singleElement().asString()
                .startsWith("missing conversation CN1: No run has read all that was created in {(,");
    }

    @Test
    void what_a_window_leaves_out_is_not_missing() {
        conversation("CN1");
        read("CN1", "{[2026-02-01T00:00:00Z,2026-03-10T00:00:00Z)}", "{[2026-02-01T00:00:00Z,2026-03-10T00:00:00Z)}");
        rows.execute("UPDATE import_runs SET window_from = '2026-02-01T00:00:00Z', window_from_given = true");
        assertThat(found()).isEmpty();

        rows.execute("UPDATE import_runs SET window_from = '2026-01-31T00:00:00Z'");
        assertThat(found()).hasSize(1);
    }

    @Test
    void what_came_after_the_last_activity_is_not_missing() {
        conversation("CN1");
        read("CN1", "{(,2026-03-02T00:00:00Z)}", "{(,2026-03-02T00:00:00Z)}");

        assertThat(found()).as("its last activity was on March 1").isEmpty();
    }

    @Test
    void only_what_openphone_refuses_is_unavailable() {
        conversation("CN1");
        read("CN1", "{}", "{(,2026-03-10T00:00:00Z)}");
        rows.execute("UPDATE conversation_records SET messages_refused = 'OpenPhone answered 403'");
        assertThat(found()).containsExactly(
                "unavailable conversation CN1: OpenPhone refuses to give all of it. OpenPhone answered 403");

        rows.execute("UPDATE conversation_records SET calls_read = '{}'");
        rows.execute("DELETE FROM discrepancies");
        assertThat(found()).singleElement().asString().startsWith("missing conversation CN1");
    }

    @Test
    void a_conversation_whose_list_leaves_out_what_openphone_gives_by_its_id_is_unavailable_whichever_api_reads() {
        conversation("CN1");
        read("CN1", "{}", "{(,2026-03-10T00:00:00Z)}");
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        rows.execute("INSERT INTO import_conversations (run_id, conversation_id, status) VALUES (?, 'CN1', 'done')", RUN);
        assertThat(found()).as("what slices have not read they name themselves").isEmpty();

        rows.execute("INSERT INTO found_by_id (id, conversation_id, subject) VALUES ('AC1', 'CN1', 'message')");
        rows.execute("UPDATE conversation_records SET messages_refused = list_leaves_out('CN1', 'message')");
        assertThat(found()).containsExactly("unavailable conversation CN1: OpenPhone refuses to give all of it. "
                + "OpenPhone's list leaves out AC1, which it gives by its id");
    }

    @Test
    void what_is_named_as_a_row_is_not_named_as_a_reading_as_well() {
        conversation("CN1");
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id, check_name)
                SELECT id, 'missing', 'message', 'AC1', 'It is not stored', 'CN1', 'rows' FROM verifications
                """);

        assertThat(found()).containsExactly("missing message AC1: It is not stored");
    }

    /** Messages are stored under one of the conversations of a thread, and both are doubted when one of them is gone. */
    @Test
    void a_row_of_a_thread_with_two_conversations_names_neither_as_a_reading_as_well() {
        conversation("CN1");
        conversation("CN2");
        rows.execute("UPDATE conversations SET thread_key = 'CN1'");
        restamp();
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id, check_name)
                SELECT id, 'missing', 'message', 'AC1', 'It is not stored', 'CN1', 'rows' FROM verifications
                """);

        assertThat(found()).containsExactly("missing message AC1: It is not stored");
    }

    @Test
    void calls_of_a_group_are_unavailable_through_v1() {
        conversation("CN1");
        rows.execute("UPDATE conversations SET participants = '{+16175550101,+16175550102}'");
        restamp();
        read("CN1", "{(,2026-03-10T00:00:00Z)}", "{}");

        assertThat(found()).containsExactly("unavailable group calls CN1: v1 does not give the calls of a group");
    }

    @Test
    void a_conversation_that_was_not_read_is_missing_and_says_why() {
        conversation("CN1");
        read("CN1", "{(,2026-03-10T00:00:00Z)}", "{(,2026-03-10T00:00:00Z)}");
        rows.execute("INSERT INTO import_conversations (run_id, conversation_id, status) VALUES (?, 'CN1', 'failed')", RUN);
        rows.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what)
                VALUES (?, 'error', 'messages', 'conversation', 'CN1', 'OpenPhone answered 500')
                """, RUN);

        assertThat(found())
                .containsExactly("missing conversation CN1: It has not been read to its end. OpenPhone answered 500");
    }

    @Test
    void a_conversation_that_came_after_the_run_is_newer() {
        rows.execute("""
                INSERT INTO listed_conversations (listing_id, conversation_id, created_at, payload)
                VALUES (?, 'CNold', '2026-03-09T00:00:00Z', '{}'), (?, 'CNnew', '2026-03-11T00:00:00Z', '{}')
                """, RUN, RUN);

        assertThat(found()).containsExactly("missing conversation CNold: OpenPhone lists it, but it is not stored",
                "newer conversation CNnew: It came after the run");
    }

    @Test
    void a_conversation_that_is_not_listed_any_more_is_absent() {
        conversation("CN1");
        read("CN1", "{(,2026-03-10T00:00:00Z)}", "{(,2026-03-10T00:00:00Z)}");
        rows.execute("DELETE FROM listed_conversations");

        assertThat(found()).containsExactly("absent conversation CN1: It is stored, but OpenPhone does not list it any more");
    }

    @Test
    void only_a_list_that_has_shown_a_conversation_before_tells_that_it_is_gone() {
        conversation("CNv1");
        conversation("CNdated");
        conversation("CNunknown");
        rows.execute("DELETE FROM listed_conversations");
        rows.execute("INSERT INTO conversation_lists (conversation_id, apis) VALUES ('CNdated', '{2026-03-30}'), "
                + "('CNv1', '{2026-03-30,v1}')");
        rows.execute("""
                UPDATE import_runs SET type = 'reconciliation', api = '2026-03-30', witness = 'v1', listed_whole = false
                """);
        found();
        assertThat(absent()).isEmpty();

        // Where v1 could not be asked the other has listed all.
        rows.execute("UPDATE import_runs SET listed_whole = true, witness_obstacle = 'v1 could not be asked: no answer'");
        found();
        assertThat(absent()).containsExactlyInAnyOrder("CNv1", "CNdated");

        // Both have.
        rows.execute("UPDATE conversations SET absent_since = NULL");
        rows.execute("UPDATE import_runs SET witness_obstacle = NULL");
        found();
        assertThat(absent()).containsExactlyInAnyOrder("CNv1", "CNdated", "CNunknown");
    }

    private List<String> absent() {
        return rows.rows("SELECT id FROM conversations WHERE absent_since IS NOT NULL").stream().map(row -> row.text("id"))
                .toList();
    }

    @Test
    void what_something_else_makes_of_what_is_gone_from_the_directory_is_no_difference() {
        for (var table : List.of("users", "contacts", "contact_custom_fields", "tasks", "organization", "phone_numbers")) {
            rows.execute("INSERT INTO " + table + " (id, payload, digest) VALUES ('X-' || ?, '{}', 1)", table);
        }
        assertThat(found()).containsExactlyInAnyOrder("different user X-users: It was changed after it was imported",
                "different contact X-contacts: It was changed after it was imported",
                "different custom field X-contact_custom_fields: It was changed after it was imported",
                "different task X-tasks: It was changed after it was imported",
                "different organization X-organization: It was changed after it was imported",
                "different phone number X-phone_numbers: It was changed after it was imported");

        for (var table : List.of("users", "contacts", "contact_custom_fields", "tasks", "organization", "phone_numbers")) {
            rows.execute("UPDATE " + table + " SET absent_since = '2026-03-01T00:00:00Z'");
        }
        rows.execute("DELETE FROM discrepancies");
        assertThat(found()).isEmpty();
    }

    @Test
    void a_conversation_that_is_listed_again_is_absent_no_more() {
        conversation("CN1");
        read("CN1", "{(,2026-03-10T00:00:00Z)}", "{(,2026-03-10T00:00:00Z)}");
        rows.execute("UPDATE conversations SET absent_since = '2026-03-01T00:00:00Z'");

        assertThat(found()).isEmpty();
        assertThat(rows.size("conversations WHERE absent_since IS NOT NULL")).isZero();
    }

    @Test
    void months_in_which_nothing_happened_are_counted_and_named() {
        message("AC1", "2025-11-30T23:59:59Z");
        message("AC2", "2026-02-01T00:00:00Z");
        rows.execute("INSERT INTO calls (id, created_at, payload) VALUES ('AC3', '2026-05-15T00:00:00Z', '{}')");

        assertThat(months()).isEqualTo("7 4 2025-12, 2026-01, 2026-03, 2026-04");
    }

    @Test
    void months_without_a_gap_are_named_by_nothing() {
        message("AC1", "2026-01-31T23:59:59Z");
        message("AC2", "2026-02-01T00:00:00Z");

        assertThat(months()).isEqualTo("2 0 null");
    }

    private String months() {
        return rows.rows("""
                SELECT concat_ws(' ', figure ->> 'checked', figure ->> 'found', coalesce(figure ->> 'finding', 'null')) AS text
                FROM jsonb_array_elements(CAST(? AS jsonb)) AS figure WHERE figure ->> 'name' = ?
                """, QuarkusTransaction.requiringNew().call(() -> figures.of(claim())), Check.MONTHS.title()).getFirst()
                .text("text");
    }

    private List<String> found() {
        QuarkusTransaction.requiringNew().run(() -> checks.run(claim()));
        return rows.rows("""
                SELECT kind || ' ' || subject || ' ' || subject_id || ': ' || finding AS text FROM discrepancies
                ORDER BY gravity(kind), subject, subject_id
                """).stream().map(row -> row.text("text")).toList();
    }

    private VerificationClaim claim() {
        return new VerificationClaim(rows.count("SELECT id FROM verifications"), RUN, OWNER, RUN, false, false, BEGAN, BEGAN,
                Generation.V1, null, 1, VerificationCheckpoint.at(VerificationCheckpoint.Stage.CONCLUSION));
    }

    /** One that is listed and stored, of one other party; its last activity was on March 1. */
    private void conversation(String id) {
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_at, created_at, payload)
                VALUES (?, '{+16175550101}', ?, '2026-03-01T00:00:00Z', '2025-01-01T00:00:00Z', '{"id": "CN"}')
                """, id, id);
        restamp();
        rows.execute("""
                INSERT INTO listed_conversations (listing_id, conversation_id, last_activity_at, created_at, payload)
                SELECT ?, id, last_activity_at, created_at, payload FROM conversations WHERE id = ?
                """, RUN, id);
    }

    /** As an import leaves its rows. */
    private void restamp() {
        rows.execute("UPDATE conversations AS stored SET digest = row_digest(stored)");
    }

    private void read(String id, String messages, String calls) {
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                VALUES (?, CAST(? AS tstzmultirange), CAST(? AS tstzmultirange))
                """, id, messages, calls);
    }

    private void message(String id, String createdAt) {
        rows.execute("""
                INSERT INTO messages (id, conversation_id, created_at, payload)
                VALUES (?, 'CN1', CAST(? AS timestamptz), '{}')
                """, id, createdAt);
    }
}
