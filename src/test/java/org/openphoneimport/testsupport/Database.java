package org.openphoneimport.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The tests' PostgreSQL, looked at from outside of the application. */
public final class Database implements AutoCloseable {

    // A role of its own, so that what tests ask is not counted as the application's.
    private static final String TESTER = "tester";

    private static final String STATEMENTS = """
            FROM statements.pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid
            WHERE rolname = 'postgres' AND toplevel AND query NOT IN ('BEGIN', 'COMMIT', 'ROLLBACK')
            """;

    private final Path data;
    private final AgroalDataSource connections;
    private EmbeddedPostgres server;

    private Database(Path data, EmbeddedPostgres server) throws SQLException {
        this.data = data;
        this.server = server;
        this.connections = connections(server.getJdbcUrl(TESTER, "postgres"));
    }

    // Tests look often, and each connection is a process of the server. What comes back when it was away is another one.
    private static AgroalDataSource connections(String url) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool
                .maxSize(10)
                .acquisitionTimeout(Duration.ofSeconds(10))
                .validateOnBorrow(true)
                .connectionValidator(ConnectionValidator.defaultValidator())
                // Tables change between tests, and with them what "*" is.
                .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url + "&prepareThreshold=0"))));
    }

    /** Starts one of its own. */
    public static Database start() {
        try {
            var data = Files.createTempDirectory("openphone-import-tests");
            var server = start(data, 0);
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE ROLE " + TESTER + " SUPERUSER LOGIN");
            }
            var database = new Database(data, server);
            // Beside the schema that Flyway wants to find empty.
            database.execute("CREATE SCHEMA statements");
            database.execute("CREATE EXTENSION pg_stat_statements SCHEMA statements");
            return database;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("Failed to start PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Stops the server; what is stored stays. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to stop PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Starts the server that was stopped, under the same address. */
    public void startAgain() {
        try {
            server = start(data, server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start PostgreSQL again: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
    }

    /** Where it is. */
    public String url() {
        return "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
    }

    /** Runs one statement; returns how many rows it changed. */
    public int execute(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** The rows that there are. */
    public List<Row> rows(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, statement -> {
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<Row>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        });
    }

    /** The one row that there is. */
    public Row row(String sql, @Nullable Object... parameters) {
        var rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one: " + sql);
        }
        return rows.getFirst();
    }

    /** The one value that there is. */
    public @Nullable Object value(String sql, @Nullable Object... parameters) {
        return row(sql, parameters).columns().values().iterator().next();
    }

    /** What a query counts. */
    public long count(String sql, @Nullable Object... parameters) {
        return value(sql, parameters) instanceof Number number ? number.longValue() : -1;
    }

    /** How many rows a table has. */
    public long size(String table) {
        return count("SELECT count(*) FROM " + table);
    }

    /** The ids of all rows of a table. */
    public Set<String> ids(String table) {
        var ids = new TreeSet<String>();
        rows("SELECT id FROM " + table).forEach(row -> ids.add(row.text("id")));
        return ids;
    }

    /** How many rows each of these tables has. */
    public Map<String, Long> sizes(String... tables) {
        var sizes = new LinkedHashMap<String, Long>();
        for (var table : tables) {
            sizes.put(table, size(table));
        }
        return sizes;
    }

    /** Counts the application's statements anew. */
    public void forgetStatements() {
        rows("SELECT statements.pg_stat_statements_reset()");
    }

    /** How many statements like this the application has run; those that begin and end transactions are not counted. */
    public long statements(String like) {
        return count("SELECT coalesce(sum(calls), 0) " + STATEMENTS + " AND query LIKE ?", like);
    }

    /** How many transactions the application has begun since its statements were last counted anew. */
    public long transactions() {
        return count("""
                SELECT coalesce(sum(calls), 0) FROM statements.pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid
                WHERE rolname = 'postgres' AND toplevel AND query = 'BEGIN'
                """);
    }

    /** The statements that were run most often, to see what is too much. */
    public String costliestStatements() {
        return rows("SELECT calls, left(regexp_replace(query, '\\s+', ' ', 'g'), 100) AS query " + STATEMENTS
                + " ORDER BY calls DESC LIMIT 30").stream()
                .map(row -> row.text("calls") + " x " + row.text("query")).collect(Collectors.joining("\n"));
    }

    /** Leaves every table as the migrations made it. */
    public void empty() {
        // Whoever still works there is waited for, but not in the wrong order for ever. To truncate tables takes ten times as
        // long as to delete some rows, but leaves nothing behind.
        execute("""
                DO $$
                DECLARE
                    v_table regclass;
                    v_all CONSTANT regclass[] := ARRAY(SELECT format('%I', tablename)::regclass FROM pg_tables
                        WHERE schemaname = 'public' AND tablename NOT IN ('flyway_schema_history', 'system_mode'));
                BEGIN
                    SET LOCAL lock_timeout = '2s';
                    SET LOCAL session_replication_role = replica;
                    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', array_to_string(v_all, ', '));
                    FOREACH v_table IN ARRAY v_all LOOP
                        IF pg_relation_size(v_table) > 4000000 THEN
                            EXECUTE format('TRUNCATE %s CASCADE', v_table);
                        ELSE
                            EXECUTE format('DELETE FROM %s', v_table);
                        END IF;
                    END LOOP;
                    PERFORM setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences
                    WHERE schemaname = 'public' AND last_value IS NOT NULL;
                END
                $$
                """);
        execute("UPDATE system_mode SET read_only = false, run_id = NULL");
    }

    @Override
    public void close() {
        connections.close();
        stop();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to delete " + data + ": " + e.getMessage(), e);
        }
    }

    private <T> T with(String sql, @Nullable Object[] parameters, Use<T> use) {
        try (Connection connection = connections.getConnection(); var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return use.of(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed to run " + sql + ": " + e.getMessage(), e);
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            columns.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
        }
        return new Row(columns);
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }
}
