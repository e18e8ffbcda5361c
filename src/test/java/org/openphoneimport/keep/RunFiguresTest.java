package org.openphoneimport.keep;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.invocation.Figures;
import org.openphoneimport.invocation.KeptFigures;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What alarms watch tells of the workspace, whatever the last run came to. A conversation of it was never read. */
@QuarkusTest
@ClockStopped
class RunFiguresTest {

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();

    @Inject
    RunFigures figures;

    @BeforeEach
    void a_run_and_what_it_has_read() {
        rows.execute("""
                INSERT INTO import_runs (type, status, window_from, key_hash, created_at)
                VALUES ('historical', 'failed', '2020-01-01', 'hash', now() - interval '30 hours')
                """);
        rows.execute("""
                INSERT INTO list_records (list, read) SELECT list, tstzmultirange(tstzrange(NULL, now() - interval '2 hours'))
                FROM unnest(ARRAY['conversations', 'users', 'contacts', 'custom_fields', 'tasks', 'organization',
                    'number_hours', 'number_members', 'number_settings', 'contact_notes', 'contact_properties',
                    'contact_shares']) AS list
                """);
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_at, payload)
                VALUES ('CN1', '{+16175550101}', 'PN1 +16175550101', '2026-03-01T00:00:00Z', '{"id": "CN1"}')
                """);
        run("completed");
        rows.execute(
                "INSERT INTO verifications (run_id, status) SELECT id, 'clean' FROM import_runs WHERE status = 'completed'");
    }

    @Test
    void what_a_failed_run_has_not_read_is_missing_though_a_later_run_is_completed() {
        assertThat(written("Missing")).isEqualTo(1);

        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read) VALUES ('CN1', '{(,)}', '{(,)}')
                """);
        assertThat(written("Missing")).isZero();
    }

    @Test
    void nothing_is_called_missing_while_a_run_may_bring_it() {
        run("running");

        assertThat(written("Missing")).isZero();
        assertThat(written("ActiveRuns")).isEqualTo(1);
    }

    @Test
    void an_import_is_as_old_as_the_last_list_of_all_conversations() {
        assertThat(written("HoursSinceImport")).isBetween(1.9, 2.1);

        rows.execute("DELETE FROM list_records");
        assertThat(written("HoursSinceImport")).as("since the first run began").isBetween(29.9, 30.1);
    }

    private void run(String status) {
        rows.execute("""
                INSERT INTO import_runs (type, status, window_from, key_hash, created_at)
                VALUES ('reconciliation', ?, now() - interval '1 day', 'hash', now() - interval '2 hours')
                """, status);
    }

    private double written(String name) {
        var kept = new KeptFigures();
        QuarkusMock.installMockForType(kept, Figures.class);
        figures.write();
        return kept.kept().getOrDefault(name, -1).doubleValue();
    }
}
