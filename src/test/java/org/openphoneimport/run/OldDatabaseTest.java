package org.openphoneimport.run;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Migrations;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A database of the version before the ledger comes up with one that is no wider than what was really read. */
@QuarkusTest
class OldDatabaseTest {

    private static final String LAST_BEFORE_THE_LEDGER = "33";
    private static final String ALL = "{(,\"2026-10-01 00:00:00+00\")}";

    private final Bench bench = Bench.get();

    @Test
    void what_earlier_versions_have_read_is_in_the_ledger_and_nothing_else() throws SQLException {
        bench.database().execute("DROP DATABASE IF EXISTS old WITH (FORCE)");
        bench.database().execute("CREATE DATABASE old");
        Migrations.before(url(), LAST_BEFORE_THE_LEDGER).migrate();
        try (var connection = DriverManager.getConnection(url(), "postgres", "postgres")) {
            fill(connection);

            Migrations.all(url()).migrate();

            assertThat(read(connection, "messages_read", "conversation_records", "conversation_id")).isEqualTo(Map.of(
                    "CNdone", ALL,
                    "CNgroup", ALL,
                    // Its reading from the beginning failed; one of a window did not.
                    "CNfailed", "{[\"2026-10-05 00:00:00+00\",\"2026-10-08 00:00:00+00\")}",
                    // A run before the clearing read it, and what it brought is gone.
                    "CNcleared", "{}",
                    // Slices of time have brought it.
                    "CNsliced", "{}"));
            assertThat(read(connection, "calls_read", "conversation_records", "conversation_id"))
                    .containsEntry("CNdone", ALL).containsEntry("CNgroup", "{}");
            assertThat(read(connection, "read", "list_records", "list"))
                    .containsEntry("messages", "{(,\"2026-09-01 00:00:00+00\")}")
                    .containsEntry("calls", "{(,\"2026-09-01 00:00:00+00\")}")
                    .containsEntry("conversations", "{(,\"2026-10-20 00:00:00+00\")}")
                    // The last run could not read them.
                    .containsEntry("contacts", "{(,\"2026-10-10 00:00:00+00\")}");
            assertThat(read(connection, "kind", "workspace_gaps", "subject_id")).containsEntry("CNfailed", "missing")
                    .containsEntry("CNcleared", "missing").containsEntry("contacts", "missing")
                    .containsEntry("CNgroup", "unavailable").doesNotContainKey("CNdone");
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            for (var run : new String[] {
                    "('00000000-0000-0000-0000-000000000000', 'historical', 'completed', '2020-01-01', false, NULL, '2026-08-01')",
                    "('00000000-0000-0000-0000-000000000001', 'historical', 'failed', '2020-01-01', false, NULL, '2026-10-01')",
                    "('00000000-0000-0000-0000-000000000002', 'historical', 'completed', '2026-10-05', true, '2026-10-08', '2026-10-10')",
                    "('00000000-0000-0000-0000-000000000003', 'historical', 'failed', '2020-01-01', false, NULL, '2026-10-20')" }) {
                statement.execute(
                        """
                                INSERT INTO import_runs (id, type, status, window_from, window_from_given, window_to, created_at, key_hash,
                                    listed_at)
                                SELECT CAST(id AS uuid), type, status, CAST(window_from AS timestamptz), given,
                                    CAST(window_to AS timestamptz), CAST(created AS timestamptz), 'hash', CAST(created AS timestamptz)
                                FROM (VALUES %s) AS run(id, type, status, window_from, given, window_to, created)
                                """
                                .formatted(run));
            }
            statement.execute("""
                    INSERT INTO import_events (run_id, level, kind, what, at) VALUES ('00000000-0000-0000-0000-000000000000',
                        'warning', 'status', 'Everything that was imported has been cleared by an operator', '2026-09-01')
                    """);
            statement.execute("""
                    INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what) VALUES
                        ('00000000-0000-0000-0000-000000000003', 'error', 'directory', 'list', 'contacts', 'Not read')
                    """);
            statement.execute("""
                    INSERT INTO conversations (id, phone_number_id, participants, thread_key, payload, last_activity_at)
                    SELECT id, 'PN1', parties, 'PN1 ' || id, '{}', '2026-09-20' FROM (VALUES ('CNdone', ARRAY['+12025550101']),
                        ('CNfailed', ARRAY['+12025550102']), ('CNcleared', ARRAY['+12025550103']),
                        ('CNsliced', ARRAY['+12025550104']), ('CNgroup', ARRAY['+12025550105', '+12025550106']))
                        AS conversation(id, parties)
                    """);
            statement.execute(
                    "INSERT INTO conversation_records (conversation_id, read_from) SELECT id, '-infinity' FROM conversations");
            statement.execute(
                    """
                            INSERT INTO import_batches (id, run_id, number, kind, status, slice_from, slice_to, slice_stage) VALUES
                                ('00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-000000000000', 1, 'conversations', 'done',
                                    NULL, NULL, NULL),
                                ('00000000-0000-0000-0000-00000000001b', '00000000-0000-0000-0000-000000000001', 1, 'conversations', 'done',
                                    NULL, NULL, NULL),
                                ('00000000-0000-0000-0000-00000000002b', '00000000-0000-0000-0000-000000000002', 1, 'conversations', 'done',
                                    NULL, NULL, NULL),
                                ('00000000-0000-0000-0000-00000000003b', '00000000-0000-0000-0000-000000000003', 1, 'slice', 'done',
                                    NULL, '2026-09-01', 'done'),
                                ('00000000-0000-0000-0000-00000000003c', '00000000-0000-0000-0000-000000000003', 2, 'slice', 'failed',
                                    '2026-09-01', NULL, 'messages')
                            """);
            statement.execute(
                    """
                            INSERT INTO import_conversations (run_id, conversation_id, batch_id, status, read_after) VALUES
                                ('00000000-0000-0000-0000-000000000000', 'CNcleared', '00000000-0000-0000-0000-00000000000b', 'done', NULL),
                                ('00000000-0000-0000-0000-000000000001', 'CNdone', '00000000-0000-0000-0000-00000000001b', 'done', NULL),
                                ('00000000-0000-0000-0000-000000000001', 'CNgroup', '00000000-0000-0000-0000-00000000001b', 'done', NULL),
                                ('00000000-0000-0000-0000-000000000001', 'CNfailed', '00000000-0000-0000-0000-00000000001b', 'failed', NULL),
                                ('00000000-0000-0000-0000-000000000002', 'CNfailed', '00000000-0000-0000-0000-00000000002b', 'done',
                                    '2026-10-04 23:59:59.999'),
                                ('00000000-0000-0000-0000-000000000003', 'CNsliced', NULL, 'done', NULL)
                            """);
        }
    }

    private Map<String, String> read(Connection connection, String column, String table, String key) throws SQLException {
        var read = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT %s, CAST(%s AS text) FROM %s".formatted(key, column, table))) {
            while (rows.next()) {
                read.put(rows.getString(1), rows.getString(2));
            }
        }
        return read;
    }

    private String url() {
        return bench.database().url().replace("/postgres", "/old");
    }
}
