package org.openphoneimport.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;

/** Measures one tool after the other, and writes the report. */
public final class Benchmark {

    private Benchmark() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        var settings = BenchSettings.ofProcess();
        Files.createDirectories(settings.results());
        var data = settings.results().resolve("postgres");
        var results = new ArrayList<Result>();
        var notes = new ArrayList<String>();
        try (var postgres = Postgres.start(data); var server = Server.start(settings)) {
            server.warm();
            var ours = new Ours(settings, server, postgres, data);
            var python = settings.tools().stream().allMatch(tool -> tool.startsWith("ours") || tool.equals("page")) ? null
                    : Python.prepare(settings).orElse(null);
            for (var tool : settings.tools()) {
                if (tool.equals("page")) {
                    new PageBenchmark(settings, server, postgres).run(Machine.here(), commit());
                    System.out.println(Files.readString(settings.results().resolve("page.md")));
                    continue;
                }
                System.out.println("Measuring " + tool + " ...");
                switch (tool) {
                    case "ours" -> results.add(ours.run("auto"));
                    case "ours-v1" -> results.add(ours.run("v1"));
                    default -> {
                        if (python == null) {
                            notes.add(tool + " was not measured: it needs Python 3.10 or newer with venv and pip, see "
                                    + "target/bench/python.log.");
                        } else {
                            results.add(new Peer(settings, server, postgres, data, python).run(tool));
                        }
                    }
                }
                var report = new Report(settings, Machine.here(), postgres.version(), commit(), results, notes);
                report.write();
            }
        }
        if (!results.isEmpty()) {
            System.out.println(Files.readString(settings.results().resolve("benchmark.md")));
        }
    }

    private static String commit() throws InterruptedException {
        try {
            var git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").directory(Path.of(".").toFile()).start();
            var commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? commit : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
