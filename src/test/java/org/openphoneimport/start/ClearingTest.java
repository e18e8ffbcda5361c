package org.openphoneimport.start;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Runs;
import org.openphoneimport.run.Window;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** Clearing has to wait until the last reader of a table has left; meanwhile nothing begins that would import beside it. */
@QuarkusTest
class ClearingTest {

    private static final String BUSY = "Everything that was imported is being cleared right now; try again when that has ended";

    private final Bench bench = Bench.get();

    @Inject
    Runs runs;

    private UUID last;

    @BeforeEach
    void import_a_small_workspace() {
        bench.reset();
        bench.openPhone().serve(Bench.workspace(10));
        last = bench.importAll().uuid("id");
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "messages", "contacts" })
    void while_clearing_waits_for_a_reader_no_run_starts_and_the_next_one_brings_everything(String table) throws Exception {
        var before = bench.database().sizes("users", "contacts", "phone_numbers", "messages");

        whileClearingWaits(table, () -> assertThat(bench.invoke("start-run", "{}").error()).isEqualTo(BUSY));

        assertThat(bench.database().sizes("users", "contacts", "phone_numbers", "messages").values()).containsOnly(0L);
        assertThat(bench.importAll().text("status")).isEqualTo("completed");
        assertThat(bench.database().sizes("users", "contacts", "phone_numbers", "messages")).isEqualTo(before);
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "messages", "contacts" })
    void while_clearing_waits_no_run_is_retried_repaired_or_verified(String table) throws Exception {
        bench.database().execute("UPDATE import_runs SET status = 'failed'");
        bench.database().execute("UPDATE verifications SET status = 'discrepancies'");

        whileClearingWaits(table, () -> {
            for (var action : new String[] { "retry", "repair", "verify" }) {
                assertThat(RestAssured.given().post("/api/runs/{id}/{action}", last, action).then().statusCode(409).extract()
                        .jsonPath().getString("error")).as(action).isEqualTo(BUSY);
            }
        });

        assertThat(bench.run(last).text("status")).isEqualTo("failed");
    }

    @Test
    void clearing_waits_for_a_start_that_came_first_and_is_refused_then() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var cleared = QuarkusTransaction.requiringNew().call(() -> {
                var window = new Window(Window.BEGINNING, false, null);
                assertThat(runs.create(RunType.HISTORICAL, window, "hash", OpenPhoneConfig.Api.V1)).isPresent();
                var clearing = threads.submit(this::clear);
                bench.soon().until(() -> bench.database().size("pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
                return clearing;
            });
            assertThat(cleared.get(10, TimeUnit.SECONDS)).isEqualTo(409);
        }
        assertThat(bench.database().size("messages")).isPositive();
    }

    /** A session reads a table; clearing waits for its end, and is done afterwards. */
    private void whileClearingWaits(String table, Runnable work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> cleared;
            try (var reader = reader(table)) {
                cleared = threads.submit(this::clear);
                bench.soon().until(() -> bench.database()
                        .count("SELECT count(*) FROM pg_locks WHERE relation = CAST(? AS regclass) AND NOT granted",
                                table) == 1);
                work.run();
                reader.rollback();
            }
            assertThat(cleared.get(10, TimeUnit.SECONDS)).isEqualTo(204);
        }
    }

    private Connection reader(String table) throws SQLException {
        var reader = DriverManager.getConnection(bench.database().url(), "postgres", "postgres");
        reader.setAutoCommit(false);
        try (var statement = reader.createStatement()) {
            statement.execute("SELECT count(*) FROM " + table);
        }
        return reader;
    }

    private int clear() {
        return RestAssured.given().contentType("application/json").body(Map.of("confirm", confirmation()))
                .post("/api/imported-data/clear").statusCode();
    }

    private String confirmation() {
        return bench.database().row("SELECT id FROM import_runs ORDER BY created_at DESC LIMIT 1").uuid("id").toString()
                .substring(0, 8);
    }
}
