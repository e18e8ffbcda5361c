package org.openphoneimport.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This importer for one machine in a process of its own, started as users start it. */
final class OurProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** How often it is asked whether it is up. */
    private static final Duration BEAT = Duration.ofMillis(50);

    private final Process process;
    private final URI site;

    private OurProcess(Process process, URI site) {
        this.process = process;
        this.site = site;
    }

    /**
     * Returns when it answers.
     *
     * @param rate as {@code OPENPHONE_RATE}; empty for the importer's default
     */
    static OurProcess start(BenchSettings settings, Server server, Postgres postgres, String api, String database, String rate)
            throws IOException, InterruptedException {
        var folder = settings.results().resolve(database.replace('_', '-'));
        Files.createDirectories(folder);
        int port = freePort();
        var command = new ArrayList<>(List.of(Jvm.command(), "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1"));
        if (!settings.heap().isEmpty()) {
            command.add("-Xmx" + settings.heap());
        }
        command.addAll(settings.java());
        command.addAll(List.of("-jar", settings.application().toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("log").toFile()));
        var environment = builder.environment();
        environment.put("OPENPHONE_API_KEY", server.key());
        environment.put("OPENPHONE_BASE_URL", server.url());
        environment.put("OPENPHONE_API", api);
        environment.put("MEDIA_ALLOWED_HOSTS", server.mediaHost());
        if (!rate.isEmpty()) {
            environment.put("OPENPHONE_RATE", rate);
        }
        environment.put("IMPORT_WORKERS", Integer.toString(settings.workers()));
        environment.put("LOCAL_DIRECTORY", folder.toString());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:" + postgres.port() + "/" + database);
        environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        var started = new OurProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
        started.awaitUp();
        return started;
    }

    URI site() {
        return site;
    }

    long pid() {
        return process.pid();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitUp() throws InterruptedException, IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    var health = HttpRequest.newBuilder(site.resolve("/q/health")).build();
                    if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > until) {
                        close();
                        throw new IOException("openphone-import did not start; its log is in target/bench", e);
                    }
                }
                Thread.sleep(BEAT);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
