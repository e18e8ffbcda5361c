package org.openphoneimport.invocation;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class SchemaTest {

    private final Bench bench = Bench.get();

    @Test
    void functions_that_bring_an_empty_database_up_to_date_at_once_do_it_once()
            throws InterruptedException, ExecutionException {
        bench.database().execute("DROP DATABASE IF EXISTS twice WITH (FORCE)");
        bench.database().execute("CREATE DATABASE twice");
        Callable<Integer> migrate = () -> Flyway.configure()
                .dataSource(bench.database().url().replace("/postgres", "/twice"), "postgres", "postgres").load()
                .migrate().migrationsExecuted;

        try (var threads = Executors.newFixedThreadPool(4)) {
            var executed = 0;
            var migrations = threads.invokeAll(List.of(migrate, migrate, migrate, migrate));
            for (var each : migrations) {
                executed += each.get();
            }

            assertThat(executed).isPositive().isEqualTo(Flyway.configure()
                    .dataSource(bench.database().url().replace("/postgres", "/twice"), "postgres", "postgres").load().info()
                    .applied().length);
        }
    }
}
