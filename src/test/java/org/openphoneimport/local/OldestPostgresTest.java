package org.openphoneimport.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipFile;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Migrations;
import org.openphoneimport.testsupport.Waiting;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL 14 is the oldest that the README allows; the build leaves its binaries in {@code target/oldest-postgres}. */
@BesideOthers
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class OldestPostgresTest {

    private static final Path BINARIES = Path.of("target", "oldest-postgres", "binaries.jar");

    private static EmbeddedPostgres postgres;

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().setPgBinaryResolver((system, architecture) -> binaries())
                .setPGStartupWait(Duration.ofSeconds(60)).start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void all_migrations_run_on_it() throws Exception {
        var earlier = url("earlier");
        Migrations.before(earlier, Migrations.LAST_BEFORE).migrate();

        for (var url : new String[] { url("created"), earlier }) {
            var flyway = Flyway.configure().dataSource(url, "postgres", "postgres")
                    .locations("classpath:db/migration", "classpath:db/before").load();
            assertThat(flyway.migrate().success).isTrue();
            assertThat(flyway.info().pending()).isEmpty();
            assertThat(flyway.info().applied()).isNotEmpty();
        }
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(14);
        }
    }

    @Test
    @Tag("chaos")
    void a_workspace_is_imported_verified_and_kept_up_to_date_on_it() throws Exception {
        try (var process = LocalProcess.start(temporary.resolve("local"),
                Map.of("SAMPLE_CONVERSATIONS", "130", "SAMPLE_RATE", "0",
                        "QUARKUS_DATASOURCE_JDBC_URL", url("imports"), "QUARKUS_DATASOURCE_USERNAME", "postgres",
                        "QUARKUS_DATASOURCE_PASSWORD", "postgres"),
                Map.of("local.keep-every", "1s")).awaitUp()) {
            for (var type : new String[] { "historical", "reconciliation" }) {
                var run = process.post("/api/runs", "{\"type\":\"" + type + "\"}").path("runId").asText();
                Waiting.await().atMost(Duration.ofMinutes(2)).untilAsserted(
                        () -> assertThat(process.get("/api/runs/" + run).path("status").asText()).isEqualTo("completed"));
            }
            assertThat(process.get("/api/workspace").path("coveredUntil").isNull()).isFalse();
        }
    }

    /** The address of a database of its own. */
    private static String url(String database) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return postgres.getJdbcUrl("postgres", database);
    }

    private static InputStream binaries() throws IOException {
        try (var jar = new ZipFile(BINARIES.toFile());
                var in = jar.getInputStream(jar.stream()
                        .filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow())) {
            return new ByteArrayInputStream(in.readAllBytes());
        }
    }
}
