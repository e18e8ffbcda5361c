package org.openphoneimport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The one PostgreSQL that all tools write to, each into a database of its own; as durable as the one of one machine. */
final class Postgres implements AutoCloseable {

    // How long a session may keep its own figures to itself.
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** What a database was asked. */
    record Asked(long statements, long transactions) {
    }

    static Postgres start(Path data) throws IOException, SQLException {
        var postgres = new Postgres(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .setServerConfig("max_connections", "300")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start());
        postgres.execute("CREATE EXTENSION pg_stat_statements");
        return postgres;
    }

    void create(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        execute("CREATE DATABASE " + database);
        execute("CHECKPOINT");
    }

    String version() throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    int port() {
        return server.getPort();
    }

    /** Counts anew from now on. */
    void forget() throws SQLException, InterruptedException {
        // What was done before is reported late, and would count as done after.
        Thread.sleep(FLUSH);
        execute("SELECT pg_stat_statements_reset()");
    }

    Asked asked(String database) throws SQLException {
        return new Asked(number("""
                SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
                WHERE toplevel AND datname = '%s' AND query NOT SIMILAR TO '(BEGIN|COMMIT|ROLLBACK|START TRANSACTION)%%'
                """.formatted(database)), transactions(database));
    }

    /** The statements that took the longest, a line each: ms, calls, rows, text. */
    String costliest(String database) throws SQLException {
        var lines = new StringBuilder();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        """
                                SELECT round(total_exec_time) AS millis, calls, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 160) AS query
                                FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
                                WHERE toplevel AND datname = '%s' ORDER BY total_exec_time DESC LIMIT 60
                                """
                                .formatted(database))) {
            while (result.next()) {
                lines.append("%8d ms %7d x %8d rows  %s%n".formatted(result.getLong(1), result.getLong(2), result.getLong(3),
                        result.getString(4)));
            }
        }
        return lines.toString();
    }

    long transactions(String database) throws SQLException {
        return number("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '%s'".formatted(database));
    }

    /** CPU seconds of the server and all its sessions, ended ones included; where the system tells. */
    static Optional<Double> cpuSeconds(Path data) {
        try {
            var postmaster = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
            try (var sessions = ProcessHandle.of(Long.parseLong(postmaster)).map(ProcessHandle::descendants)
                    .orElse(Stream.empty())) {
                double ticks = ticks(postmaster, true);
                for (var session : sessions.toList()) {
                    ticks += ticks(Long.toString(session.pid()), false);
                }
                return Optional.of(ticks / 100);
            }
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static double ticks(String process, boolean andOfEndedChildren) throws IOException {
        var file = Path.of("/proc", process, "stat");
        if (!Files.exists(file)) {
            return 0;
        }
        var text = Files.readString(file);
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        return andOfEndedChildren ? own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]) : own;
    }

    /** Executes a statement in another database than the server's own. */
    void execute(String database, String sql) throws SQLException {
        try (var connection = server.getDatabase("postgres", database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
