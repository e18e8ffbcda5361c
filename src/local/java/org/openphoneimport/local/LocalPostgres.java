package org.openphoneimport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A real PostgreSQL of our own, whose data outlive the process. */
final class LocalPostgres {

    private static final int PORT = 54329;

    private LocalPostgres() {
    }

    /**
     * Starts it on the data in a directory, which is made if it is not there.
     *
     * @return its JDBC URL
     */
    static String start(Path directory) {
        try {
            Files.createDirectories(directory);
            takeForUs(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The directory %s cannot be used for the database: %s. Set LOCAL_DIRECTORY to another"
                            .formatted(directory, e),
                    e);
        }
        var data = directory.resolve("data");
        // Nobody else holds the lock, so its owner is gone.
        orphan(data).ifPresent(LocalPostgres::end);
        var log = Redirect.appendTo(directory.resolve("postgres.log").toFile());
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setPort(Ports.freeOrAny(PORT))
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofSeconds(60)) // after a crash it first repeats what it had logged
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("fsync", "on") // the library is made for tests and turns these off
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
            return "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort());
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("The embedded PostgreSQL did not start on %s: %s. Its log is %s"
                    .formatted(data, e.getMessage(), directory.resolve("postgres.log")), e);
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
