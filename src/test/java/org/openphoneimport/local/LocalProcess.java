package org.openphoneimport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openphoneimport.chaos.WorkerApplication;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Waiting;

import com.fasterxml.jackson.databind.JsonNode;

/** The application as {@code ./mvnw -Plocal} starts it, with nothing set but what a test says. */
final class LocalProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;
    private final int port;

    private LocalProcess(Path log, Process process, int port) {
        this.log = log;
        this.process = process;
        this.port = port;
    }

    /** Starts it; its log is a file beside its directory. */
    static LocalProcess start(Path directory, Map<String, String> environment, Map<String, String> settings) {
        try {
            int port;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            var command = new ArrayList<>(List.of("nice", "-n", "5",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC", "-Xmx400m", "--sun-misc-unsafe-memory-access=allow", "-Dquarkus.http.port=" + port));
            settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(List.of("-jar", WorkerApplication.jar().toString()));
            var log = Files.createTempFile(directory.toAbsolutePath().getParent(), "local", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet()
                    .removeIf(name -> name.matches("(OPENPHONE|QUARKUS|IMPORT|MEDIA|SAMPLE|LOCAL|PAGE|NOTIFY)_.*"));
            builder.environment().putAll(environment);
            builder.environment().put("LOCAL_DIRECTORY", directory.toString());
            return new LocalProcess(log, builder.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start the application: " + e.getMessage(), e);
        }
    }

    /** Waits until it answers. */
    LocalProcess awaitUp() {
        Waiting.await().atMost(LONGEST_START).pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("It ended before it was up:\n" + log());
                    }
                    return send(HttpRequest.newBuilder(uri("/q/health")).build()).statusCode() == 200;
                });
        return this;
    }

    /** Waits for its end; returns its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It does not end:\n" + log());
        }
        return process.exitValue();
    }

    JsonNode get(String path) throws IOException {
        return Json.read(send(HttpRequest.newBuilder(uri(path)).build()).body());
    }

    JsonNode post(String path, String body) throws IOException {
        return Json.read(send(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build()).body());
    }

    /** All that it has written. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + log + ": " + e.getMessage(), e);
        }
    }

    /** SIGKILL: what it has started itself lives on. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        stop();
    }

    /** As Ctrl-C does. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
