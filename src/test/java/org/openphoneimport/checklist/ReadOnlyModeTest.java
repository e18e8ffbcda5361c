package org.openphoneimport.checklist;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What applications on the database are told while a run is on. */
@QuarkusTest
@ClockStopped
class ReadOnlyModeTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID OTHER = UUID.fromString("00000000-0000-0000-0000-000000000002");

    private final Bench bench = Bench.get();

    @Inject
    ReadOnlyMode readOnly;

    @BeforeEach
    void a_run_that_is_on() {
        run(RUN, "running");
        bench.database().execute("INSERT INTO checklist_steps (run_id, name, position) VALUES (?, 'read-only', 0)", RUN);
    }

    @Test
    void those_who_listen_are_told_when_it_begins_and_when_it_ends() throws SQLException {
        try (var connection = DriverManager.getConnection(bench.database().url(), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("LISTEN system_mode");

            readOnly.begin(RUN);
            assertThat(told(connection.unwrap(PGConnection.class))).isEqualTo("""
                    {"run_id": "%s", "read_only": true}""".formatted(RUN));

            readOnly.undo(RUN);
            assertThat(told(connection.unwrap(PGConnection.class))).isEqualTo("""
                    {"run_id": null, "read_only": false}""");
        }
    }

    @Test
    void a_system_that_something_else_has_made_read_only_stays_so() {
        bench.database().execute("UPDATE system_mode SET read_only = true, run_id = NULL");

        readOnly.begin(RUN);
        assertThat(mode("run_id")).isEqualTo("null");
        assertThat(bench.database().value("SELECT finding FROM checklist_steps"))
                .isEqualTo("The system was read-only before, and stays so");

        readOnly.undo(RUN);
        assertThat(mode("read_only")).isEqualTo("true");
    }

    @Test
    void a_system_that_another_run_keeps_read_only_stays_so_until_that_run_has_ended() {
        run(OTHER, "completed");
        bench.database().execute("UPDATE system_mode SET read_only = true, run_id = ?", OTHER);

        readOnly.begin(RUN);
        assertThat(mode("run_id")).as("the other one has ended").isEqualTo(RUN.toString());

        readOnly.undo(OTHER);
        assertThat(mode("read_only")).as("it is no longer the other one's").isEqualTo("true");
        readOnly.undo(RUN);
        assertThat(mode("read_only")).isEqualTo("false");
    }

    private void run(UUID id, String status) {
        bench.database().execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash)
                VALUES (?, 'historical', ?, '2020-01-01', 'hash')
                """, id, status);
    }

    private String mode(String column) {
        return bench.database().row("SELECT * FROM system_mode").text(column);
    }

    /** What was told since, on whatever channel. */
    private static String told(PGConnection connection) throws SQLException {
        PGNotification[] told = connection.getNotifications(2_000);
        assertThat(told).hasSize(1);
        return told[0].getParameter();
    }
}
