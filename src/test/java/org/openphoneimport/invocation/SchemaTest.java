package org.openphoneimport.invocation;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Migrations;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class SchemaTest {

    private final Bench bench = Bench.get();

    @Test
    @Landing
    void functions_that_bring_an_empty_database_up_to_date_at_once_do_it_once()
            throws InterruptedException, ExecutionException {
        var url = create("twice");

        int executed = migrateAtOnce(url);

        assertThat(executed).isPositive().isEqualTo(Migrations.all(url).info().applied().length);
    }

    @Test
    @Landing
    void functions_that_bring_an_earlier_database_up_to_date_at_once_do_it_once()
            throws InterruptedException, ExecutionException {
        var url = create("earlier_twice");
        int before = Migrations.before(url, Migrations.LAST_BEFORE).migrate().migrationsExecuted;

        int executed = migrateAtOnce(url);

        assertThat(executed).isPositive().isEqualTo(Migrations.all(url).info().applied().length - before);
    }

    @Test
    void an_earlier_database_and_a_new_one_end_up_with_the_same_schema() throws SQLException {
        var created = create("created");
        var earlier = create("earlier");
        Migrations.before(earlier, Migrations.LAST_BEFORE).migrate();
        execute(earlier, "UPDATE system_mode SET read_only = true");

        Migrations.all(created).migrate();
        Migrations.all(earlier).migrate();

        assertThat(Catalog.definitions(earlier)).isNotEmpty()
                .containsExactlyElementsOf(Catalog.definitions(created));
        assertThat(Catalog.query(earlier, "SELECT CAST(read_only AS text) FROM system_mode")).containsExactly("true");
    }

    @Test
    @Landing
    void a_new_database_skips_the_migrations_of_earlier_ones() throws SQLException {
        var url = create("created");

        Migrations.all(url).migrate();

        assertThat(Catalog.query(url, "SELECT type FROM flyway_schema_history WHERE CAST(version AS integer) <= "
                + Migrations.LAST_BEFORE)).containsExactly("SQL_BASELINE");
    }

    @Test
    @Landing
    void a_repeatable_migration_may_be_renamed() throws SQLException {
        var url = create("renamed");
        Migrations.all(url).migrate();
        execute(url, "UPDATE flyway_schema_history SET description = 'Show ledger' WHERE description = 'View ledger'");

        int executed = Migrations.all(url).migrate().migrationsExecuted;

        assertThat(executed).isEqualTo(1);
    }

    private int migrateAtOnce(String url) throws InterruptedException, ExecutionException {
        var flyways = Stream.generate(() -> Migrations.all(url)).limit(4).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var executed = 0;
            for (var each : threads.invokeAll(flyways.stream()
                    .map(flyway -> (Callable<Integer>) () -> flyway.migrate().migrationsExecuted).toList())) {
                executed += each.get();
            }
            return executed;
        }
    }

    private String create(String database) {
        bench.database().execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        bench.database().execute("CREATE DATABASE " + database);
        return bench.database().url().replace("/postgres", "/" + database);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
