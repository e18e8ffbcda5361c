package org.openphoneimport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.openphoneimport.media.FileTrouble;

import io.quarkus.runtime.Application;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL of our own, whose data outlive the process.
 *
 * @param url for JDBC
 * @param password of the user {@code postgres}
 * @param passwordFile where that is kept
 */
record LocalPostgres(String url, String password, Path passwordFile) {

    static final String USER = "postgres";

    private static final int PORT = 54329;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    // What the library writes, unless it is told otherwise, and what must stand there instead.
    private static final String ANYONE = "trust";
    private static final String BY_PASSWORD = "scram-sha-256";

    /**
     * Starts it on the data in a directory, which is made if it is not there.
     *
     * @param given the password that it shall have from now on; empty for the one that it has, or one that is made up
     */
    static LocalPostgres start(Path directory, String given) {
        var kept = new DatabasePassword(directory.resolve("password"));
        String password;
        try {
            Files.createDirectories(directory);
            takeForUs(directory);
            password = kept.current(given);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The directory %s cannot be used for the database: %s. Set LOCAL_DIRECTORY to another"
                            .formatted(directory, FileTrouble.words(e)),
                    e);
        }
        var data = directory.resolve("data");
        // No other process holds the lock, so its owner is gone.
        orphan(data).ifPresent(LocalPostgres::end);
        var log = Redirect.appendTo(directory.resolve("postgres.log").toFile());
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setPort(Ports.freeOrAny(PORT))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false) // it would stop beside the application, which then says so in pages
                    .setPGStartupWait(Duration.ofSeconds(60)) // after a crash it first repeats what it had logged
                    .setLocaleConfig("pwfile", kept.file().toString()) // the only way to give the library's initdb more options
                    .setLocaleConfig("auth-host", BY_PASSWORD)
                    .setLocaleConfig("auth-local", BY_PASSWORD)
                    .setConnectConfig("password", password)
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("fsync", "on") // the library is made for tests and turns these off
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres), "stop PostgreSQL"));
            var url = "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort());
            var wanted = given.isEmpty() ? password : given;
            secure(url, data.resolve("pg_hba.conf"), password, wanted);
            kept.write(wanted);
            return new LocalPostgres(url, wanted, kept.file());
        } catch (IOException | SQLException | RuntimeException e) {
            throw new IllegalStateException("The embedded PostgreSQL did not start on %s: %s. Its log is %s"
                    .formatted(data, e.getMessage(), directory.resolve("postgres.log")), e);
        }
    }

    /** When the application has stopped, if it was started. */
    private static void stop(EmbeddedPostgres postgres) {
        try {
            long latest = System.nanoTime() + LONGEST_STOP.toNanos();
            while (Application.currentApplication() != null && System.nanoTime() < latest) {
                Thread.sleep(20);
            }
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Data of an earlier version let everyone in, and the password can be another one than before. */
    private static void secure(String url, Path access, String password, String wanted) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(url, USER, password); var statement = connection.createStatement()) {
            var rules = Files.readString(access);
            boolean open = rules.lines().anyMatch(rule -> !rule.startsWith("#") && rule.endsWith(ANYONE));
            if (open || !password.equals(wanted)) {
                statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(USER, wanted.replace("'", "''")));
            }
            if (open) {
                Files.writeString(access, rules.replaceAll("(?m)^([^#\\n]*)\\b" + ANYONE + "$", "$1" + BY_PASSWORD));
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }

    private static void takeForUs(Path directory) throws IOException {
        if (!ProcessLock.take(directory.resolve("lock"))) {
            throw new IllegalStateException(("Another openphone-import is running on the data in %s. "
                    + "Stop it first, or set LOCAL_DIRECTORY to another directory").formatted(directory));
        }
    }

    /** The server that a killed process of ours left behind on these data. */
    static Optional<ProcessHandle> orphan(Path data) {
        var pidFile = data.resolve("postmaster.pid");
        try {
            var lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.<String> of();
            if (lines.size() < 2 || !Files.isSameFile(Path.of(lines.get(1)), data)) {
                return Optional.empty();
            }
            // The number may be another process's by now.
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> process.info().command().orElse("").contains("postgres"));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle server) {
        server.destroy();
        try {
            server.onExit().get(15, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            server.destroyForcibly();
            server.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
