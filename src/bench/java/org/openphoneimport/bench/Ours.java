package org.openphoneimport.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** This importer as it runs on one machine: a process that is started as users start it, and told to import over HTTP. */
final class Ours {

    private static final Duration BEAT = Duration.ofMillis(50);

    private final BenchSettings settings;
    private final Server server;
    private final Postgres postgres;
    private final Path data;
    private final JsonMapper json = new JsonMapper();

    Ours(BenchSettings settings, Server server, Postgres postgres, Path data) {
        this.settings = settings;
        this.server = server;
        this.postgres = postgres;
        this.data = data;
    }

    /** @param api how it is told to read: {@code auto} or {@code v1} */
    Result run(String api) throws IOException, InterruptedException, SQLException {
        var database = "ours_" + api;
        postgres.create(database);
        try (var process = OurProcess.start(settings, server, postgres, api, database, settings.rate() == 0 ? "0" : "");
                var client = HttpClient.newHttpClient();
                var jvm = Jvm.attach(process.pid())) {
            return measure(client, process.site(), jvm, api, database);
        }
    }

    private Result measure(HttpClient client, URI site, Jvm jvm, String api, String database)
            throws IOException, InterruptedException, SQLException {
        postgres.forget();
        server.forget();
        long transactionsBefore = postgres.transactions(database);
        var databaseBefore = Postgres.cpuSeconds(data);
        var before = jvm.used();
        long started = System.nanoTime();
        var run = post(client, site.resolve("/api/runs"));
        JsonNode view;
        Jvm.Used imported = null;
        long importedAt = 0;
        do {
            Thread.sleep(BEAT);
            view = get(client, site.resolve("/api/runs/" + run.path("runId").textValue()));
            if (imported == null && !view.path("status").asText().matches("pending|running")) {
                imported = jvm.used();
                importedAt = System.nanoTime();
            }
        } while (view.path("status").asText().matches("pending|running|verifying"));
        long ended = System.nanoTime();
        var used = jvm.used().since(before);
        var databaseAfter = Postgres.cpuSeconds(data);
        var requests = server.figures();
        // Sessions of PostgreSQL report what they did up to some seconds late.
        Thread.sleep(BEAT.multipliedBy(60));
        var asked = postgres.asked(database);
        Files.writeString(settings.results().resolve(database + ".statements"), postgres.costliest(database));
        var inImport = imported == null ? used : imported.since(before);
        return new Result("openphone-import, OPENPHONE_API=" + api,
                "conversations, messages, calls and their parts, files, directory, contacts; verified: "
                        + view.path("status").asText(),
                view.path("processedConversations").asLong(), view.path("processedMessages").asLong(),
                view.path("processedCalls").asLong(), (ended - started) / 1e9, (ended - importedAt) / 1e9, used.cpuSeconds(),
                used.cpuSeconds() - inImport.cpuSeconds(), before.cpuSeconds(),
                databaseAfter.isPresent() && databaseBefore.isPresent() ? databaseAfter.get() - databaseBefore.get() : null,
                requests.requests(), requests.refused(), requests.seconds(), requests.busiestSecond(), asked.statements(),
                asked.transactions() - transactionsBefore, used.allocatedBytes());
    }

    private JsonNode post(HttpClient client, URI address) throws IOException, InterruptedException {
        return json.readTree(client.send(HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"historical\"}")).build(), BodyHandlers.ofString()).body());
    }

    private JsonNode get(HttpClient client, URI address) throws IOException, InterruptedException {
        return json.readTree(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());
    }
}
