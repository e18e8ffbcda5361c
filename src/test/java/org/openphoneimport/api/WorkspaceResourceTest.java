package org.openphoneimport.api;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;

/** What the workspace's one line weighs, from the tables. */
@QuarkusTest
@ClockStopped
class WorkspaceResourceTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();

    @BeforeEach
    void a_workspace_that_is_safe() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, api, witness, created_at)
                VALUES (?, 'historical', 'completed', '2020-01-01', 'hash', '2026-03-30', 'v1', '2026-03-10T00:00:00Z')
                """, RUN);
        rows.execute(
                """
                        INSERT INTO verifications (run_id, status, samples_all, checks) VALUES (?, 'clean', true,
                            '[{"name": "A sample of conversations has the same messages and calls through both APIs", "checked": 100, "found": 0}]')
                        """,
                RUN);
        rows.execute(
                """
                        INSERT INTO list_records (list, read) SELECT list, '{(,2026-03-10T03:36:00Z)}'
                        FROM unnest(ARRAY['messages', 'calls', 'conversations', 'users', 'contacts', 'custom_fields', 'tasks', 'organization',
                            'number_hours', 'number_members', 'number_settings', 'contact_notes', 'contact_properties',
                            'contact_shares']) AS list
                        """);
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_at, payload)
                VALUES ('CN0', '{+16175550100}', 'PN1 +16175550100', '2026-03-09T10:00:00Z', '{"id": "CN0"}')
                """);
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                VALUES ('CN0', '{(,2026-03-10T00:00:00Z)}', '{(,2026-03-10T00:00:00Z)}')
                """);
        rows.execute("""
                INSERT INTO messages (id, conversation_id, created_at, payload)
                VALUES ('AC1', 'CN0', '2024-02-29T10:00:00Z', '{}'), ('AC2', 'CN0', '2026-03-09T10:00:00Z', '{}')
                """);
    }

    @Test
    @Landing
    void safe_is_said_with_how_it_was_verified_and_with_what_is_held_altogether() {
        assertThat(workspace().getBoolean("safe")).isTrue();
        assertThat(sentence()).isEqualTo(
                "Safe to go live: everything up to 10 Mar 2026, 03:36 UTC is here, verified by both APIs");
        assertThat(workspace().getInt("messages")).isEqualTo(2);
        assertThat(workspace().getString("earliest")).isEqualTo("2024-02-29T10:00:00Z");
        assertThat(workspace().getString("latest")).isEqualTo("2026-03-09T10:00:00Z");
        assertThat(workspace().getInt("testimony.compared")).isEqualTo(100);
    }

    @Test
    void a_witness_that_could_not_be_asked_or_disagreed_is_said() {
        rows.execute("UPDATE import_runs SET witness_obstacle = 'v1 could not be asked: no answer'");
        assertThat(sentence()).endsWith("verified by 2026-03-30 alone (v1 could not be asked: no answer)");

        rows.execute("UPDATE import_runs SET witness_obstacle = NULL, disagreed_at = now()");
        assertThat(sentence()).endsWith("verified by both APIs, which differ: conversations were read through both");

        rows.execute("UPDATE import_runs SET disagreed_at = NULL");
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, check_name)
                SELECT verifications.id, found.kind, 'conversation', found.id, 'Refused', 'witness'
                FROM verifications, (VALUES ('unavailable', 'CN7'), ('unavailable', 'CN8'), ('newer', 'CN9')) AS found(kind, id)
                """);
        rows.execute("""
                INSERT INTO verification_questions (verification_id, kind, subject_id, conversation_id, sampled)
                SELECT verifications.id, 'conversation', 'CN' || number, 'CN' || number, true
                FROM verifications, generate_series(1, 5) AS number
                """);
        assertThat(sentence()).endsWith("verified by both APIs, but for 2 that could not be compared");

        rows.execute("UPDATE discrepancies SET kind = 'accepted' WHERE subject_id IN ('CN7', 'CN9')");
        assertThat(sentence()).as("most of them")
                .endsWith("verified by one API alone (the other has confirmed no sample of all that is here)");
    }

    @Test
    @Landing
    void what_one_api_alone_has_listed_or_no_sample_was_chosen_from_is_not_said_to_be_verified_by_both() {
        rows.execute("UPDATE verifications SET samples_all = false");
        assertThat(sentence()).endsWith("verified by one API alone (the other has confirmed no sample of all that is here)");

        rows.execute("UPDATE verifications SET samples_all = true");
        assertThat(sentence()).endsWith("verified by both APIs");

        // v1 has read each conversation; no list of the other API has shown all messages.
        rows.execute("UPDATE list_records SET read = '{[2026-03-08T00:00:00Z,2026-03-10T00:00:00Z)}' WHERE list = 'messages'");
        assertThat(sentence()).endsWith("verified by one API alone (the other has confirmed no sample of all that is here)");
    }

    @Test
    void read_only_mode_webhooks_and_the_run_that_follows_count() {
        rows.execute("UPDATE system_mode SET read_only = true");
        assertThat(sentence()).isEqualTo("Not yet: the system is still read-only");
        assertThat(workspace().getBoolean("safe")).isFalse();
        assertThat(workspace().getBoolean("complete")).isTrue();
        rows.execute("UPDATE system_mode SET read_only = false");

        rows.execute("INSERT INTO read_only_roles (run_id, role) VALUES (?, 'app')", RUN);
        assertThat(sentence()).isEqualTo("Not yet: the system is still read-only");
        rows.execute("DELETE FROM read_only_roles");

        rows.execute("INSERT INTO saved_webhooks (run_id, webhook_id, definition, method) VALUES (?, 'WH1', '{}', 'status')",
                RUN);
        assertThat(sentence()).isEqualTo("Not yet: 1 webhook is still off");
        rows.execute("UPDATE saved_webhooks SET back_at = now()");

        rows.execute("INSERT INTO checklist_steps (run_id, name, position, state) VALUES (?, 'reconciliation', 2, 'pending')",
                RUN);
        assertThat(sentence()).isEqualTo("Not yet: what came while webhooks were off is not imported yet");
        rows.execute("UPDATE checklist_steps SET state = 'undone'");

        assertThat(workspace().getBoolean("safe")).isTrue();
    }

    @Test
    void a_failed_import_stays_until_what_it_was_to_bring_is_here() {
        rows.execute("DELETE FROM list_records WHERE list IN ('messages', 'calls')");
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_at, payload)
                VALUES ('CN1', '{+16175550101}', 'PN1 +16175550101', '2026-03-01T00:00:00Z', '{"id": "CN1"}')
                """);
        rows.execute("UPDATE import_runs SET status = 'failed'");
        rows.execute("""
                INSERT INTO import_runs (type, status, window_from, key_hash, created_at)
                VALUES ('reconciliation', 'completed', '2026-03-09', 'hash', '2026-03-11T00:00:00Z')
                """);
        assertThat(sentence()).isEqualTo("Not yet: the historical import failed; 1 conversation could not be read "
                + "(never read to their end: 1)");

        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                VALUES ('CN1', '{(,2026-03-10T00:00:00Z)}', '{(,2026-03-10T00:00:00Z)}')
                """);
        assertThat(sentence()).startsWith("Safe to go live");
    }

    private static String sentence() {
        return workspace().getString("sentence");
    }

    private static JsonPath workspace() {
        return RestAssured.get("/api/workspace").then().statusCode(200).extract().jsonPath();
    }
}
