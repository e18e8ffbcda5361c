package org.openphoneimport.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Answer;
import org.openphoneimport.testsupport.Pause;

/** The application in a process of its own. */
final class Worker {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private volatile boolean up;
    private volatile boolean killed;

    private Worker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a process; it takes records off the queue as soon as it is up. */
    static Worker start(Path application, Map<String, String> settings, Map<String, String> environment) {
        var cache = cache(application);
        return start(application, settings, environment,
                Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of(),
                Redirect.appendTo(WorkerApplication.directory().resolve("worker.log").toFile()));
    }

    /**
     * Lets a process start once and end. Those that start afterwards find their classes loaded and linked, which takes a third
     * of the time. Nobody would start it again, so it throws with what the process said when that ends by itself.
     */
    static void rehearse(Path application, Map<String, String> settings, Map<String, String> environment) {
        var log = WorkerApplication.directory().resolve("rehearsal.log");
        var cache = cache(application);
        var written = cache.resolveSibling("rehearsal.aot");
        var worker = start(application, settings, environment, List.of("-XX:AOTCacheOutput=" + written),
                Redirect.to(log.toFile()));
        while (!worker.isUp()) {
            if (!worker.isAlive()) {
                throw new IllegalStateException("The application ended before it took requests:\n" + text(log));
            }
            Pause.millis(30);
        }
        worker.process.destroy();
        worker.awaitDeath();
        try {
            Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to keep the cache of " + application + ":\n" + text(log), e);
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + log + ": " + e.getMessage(), e);
        }
    }

    private static Path cache(Path application) {
        return application.resolveSibling("worker.aot");
    }

    private static Worker start(Path application, Map<String, String> settings, Map<String, String> environment,
            List<String> options, Redirect output) {
        try {
            int port = freePort();
            // They have time: what a build waits for in the end is the tests in its own process.
            var command = new ArrayList<>(List.of("nice", "-n", "5",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx400m",
                    "-Dquarkus.http.port=" + port));
            command.addAll(options);
            settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(List.of("-jar", application.toString()));
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
            builder.environment().putAll(environment);
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Worker(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start a worker: " + e.getMessage(), e);
        }
    }

    /** Whether it takes requests. */
    boolean isUp() {
        if (!process.isAlive()) {
            return false;
        }
        try {
            up = up || post("/2015-03-31/functions/keep-runs/invocations", "{}", "DryRun").statusCode() == 204;
        } catch (IOException e) {
            // Not yet.
        }
        return up;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** False for one that ended by itself before it took requests: somebody else took its port. */
    boolean hasBegun() {
        return up || killed;
    }

    /** Sends it a signal, such as STOP. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to send " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        killed = true;
        process.destroyForcibly();
        awaitDeath();
    }

    private void awaitDeath() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Invokes a function and waits for its answer. */
    Answer invoke(String function, String payload) throws IOException {
        var response = post("/2015-03-31/functions/" + function + "/invocations", payload, "RequestResponse");
        return new Answer(response.headers().firstValue("X-Amz-Function-Error").isPresent(), Json.read(response.body()));
    }

    /** Invokes a function without waiting for it. */
    void invokeLater(String function) throws IOException {
        post("/2015-03-31/functions/" + function + "/invocations", "{}", "Event");
    }

    /** What its health check says. */
    boolean isHealthy() throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health")).build()).statusCode() == 200;
    }

    private HttpResponse<byte[]> post(String path, String body, String type) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Amz-Invocation-Type", type)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return send(request);
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
