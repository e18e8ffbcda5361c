package org.openphoneimport.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** Another tool: a script that imports, and says in its last line of output what that took. */
final class Peer {

    // 3,000 conversations at ten requests a second take twenty minutes.
    private static final Duration LONGEST = Duration.ofHours(1);

    private final BenchSettings settings;
    private final Server server;
    private final Postgres postgres;
    private final Path data;
    private final Python python;

    Peer(BenchSettings settings, Server server, Postgres postgres, Path data, Python python) {
        this.settings = settings;
        this.server = server;
        this.postgres = postgres;
        this.data = data;
        this.python = python;
    }

    Result run(String name) throws IOException, InterruptedException, SQLException {
        var database = "peer_" + name;
        postgres.create(database);
        postgres.forget();
        server.forget();
        var databaseBefore = Postgres.cpuSeconds(data);
        long transactionsBefore = postgres.transactions(database);
        var process = start(name, database);
        // What it prints is one line, which the pipe holds.
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw new IOException(name + " was ended after " + LONGEST.toMinutes() + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " failed; target/bench/" + name + ".log says why");
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var databaseAfter = Postgres.cpuSeconds(data);
        var said = new JsonMapper().readTree(output.substring(output.lastIndexOf('\n') + 1));
        var requests = server.figures();
        var asked = postgres.asked(database);
        Files.writeString(settings.results().resolve(database + ".statements"), postgres.costliest(database));
        return new Result(said.path("tool").asText(), said.path("what").asText(), said.path("conversations").asLong(),
                said.path("messages").asLong(), said.path("calls").asLong(), said.path("seconds").asDouble(), null,
                said.path("cpuSeconds").asDouble(), null, said.path("startCpuSeconds").asDouble(),
                databaseAfter.isPresent() && databaseBefore.isPresent() ? databaseAfter.get() - databaseBefore.get() : null,
                requests.requests(), requests.refused(), requests.seconds(), requests.busiestSecond(), asked.statements(),
                asked.transactions() - transactionsBefore, null);
    }

    private Process start(String name, String database) throws IOException {
        var builder = new ProcessBuilder(python.command().toString(),
                settings.scripts().resolve("peer_" + name + ".py").toString())
                .redirectError(Redirect.to(settings.results().resolve(name + ".log").toFile()));
        var environment = builder.environment();
        environment.put("PEER_API", server.url());
        environment.put("PEER_KEY", server.key());
        environment.put("PEER_DATABASE", "postgresql://postgres:postgres@localhost:" + postgres.port() + "/" + database);
        environment.put("PEER_WORKERS", Integer.toString(settings.workers()));
        environment.put("PEER_FOLDER", settings.results().resolve(name).toString());
        return builder.start();
    }
}
