package org.openphoneimport.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How long the page takes to answer: to fifty people who watch an import at the limit of OpenPhone, and of a database with
 * {@link FilledDatabase#MESSAGES} messages. Leaves {@code target/bench/page.md}.
 */
final class PageBenchmark {

    private static final String DATABASE = "page";
    private static final int VIEWERS = 50;
    private static final Duration TIME = Duration.ofMinutes(1);
    private static final int QUESTIONS = 300;

    private final BenchSettings settings;
    private final Server server;
    private final Postgres postgres;

    PageBenchmark(BenchSettings settings, Server server, Postgres postgres) {
        this.settings = settings;
        this.server = server;
        this.postgres = postgres;
    }

    void run(Machine machine, String commit) throws IOException, InterruptedException, SQLException {
        postgres.create(DATABASE);
        try (var process = OurProcess.start(settings, server, postgres, "auto", DATABASE, "");
                var client = HttpClient.newHttpClient()) {
            FilledDatabase.fill(postgres, DATABASE);
            var viewers = new Viewers(client, process.site());
            var figures = new ArrayList<Latency>();
            // Compiled once; what people meet is a server that has run for a while.
            viewers.ask(questions(60));
            figures.addAll(questions(viewers, "nothing else going on"));
            begin(client, process);
            // Until it has listed and imports: that is what people watch.
            Thread.sleep(Duration.ofSeconds(10));
            viewers.watch(VIEWERS, Duration.ofSeconds(10), "/");
            figures.add(Latency.of("the page of a run that goes on, to %d viewers, each once a second".formatted(VIEWERS),
                    viewers.watch(VIEWERS, TIME, "/")));
            figures.addAll(questions(viewers, "an import going on"));
            Files.writeString(settings.results().resolve("page.md"), markdown(machine, commit, figures));
        }
    }

    private static List<Latency> questions(Viewers viewers, String beside) throws IOException, InterruptedException {
        return List.of(Latency.of("search by words, " + beside, viewers.ask(searches(QUESTIONS))),
                Latency.of("search by a number, " + beside, viewers.ask(numbers(QUESTIONS))),
                Latency.of("all conversations, " + beside, viewers.ask(repeat("/conversations", QUESTIONS))),
                Latency.of("a thread of a few messages, " + beside, viewers.ask(threads(QUESTIONS))),
                Latency.of("a thread of %,d messages, %s".formatted(FilledDatabase.LONGEST, beside),
                        viewers.ask(repeat("/conversations/" + FilledDatabase.LONG_CONVERSATION, QUESTIONS))),
                Latency.of("%,d issues, %s".formatted(FilledDatabase.ISSUES, beside),
                        viewers.ask(repeat("/runs/" + FilledDatabase.RUN + "/issues", QUESTIONS))));
    }

    private static List<String> questions(int each) {
        var all = new ArrayList<String>();
        all.addAll(searches(each));
        all.addAll(numbers(each));
        all.addAll(threads(each));
        all.addAll(repeat("/conversations/" + FilledDatabase.LONG_CONVERSATION, each));
        all.addAll(repeat("/runs/" + FilledDatabase.RUN + "/issues", each));
        all.addAll(repeat("/", each));
        return all;
    }

    /** Every tenth is for a word that is in half of the messages. */
    private static List<String> searches(int count) {
        return IntStream.range(0, count).mapToObj(each -> "/conversations?q="
                + (each % 10 == 0 ? "hello1" : "w" + Integer.toHexString(each * 31 % FilledDatabase.WORDS))).toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(each -> "/conversations?q=617" + (2_000_000 + each * 17)).toList();
    }

    private static List<String> threads(int count) {
        return IntStream.range(1, count + 1).mapToObj(each -> "/conversations/CNfilled" + each * 19).toList();
    }

    private static List<String> repeat(String path, int count) {
        return IntStream.range(0, count).mapToObj(_ -> path).toList();
    }

    private static void begin(HttpClient client, OurProcess process) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(process.site().resolve("/api/runs"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"type\":\"historical\"}")).build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("No run was started: " + answer.body());
        }
    }

    private String markdown(Machine machine, String commit, List<Latency> figures) throws SQLException {
        var lines = new ArrayList<String>();
        lines.add("# The page");
        lines.add("");
        lines.add(
                ("`./mvnw -Pbench verify -Dbench.tools=page` wrote this: milliseconds until an answer is there, over loopback, with "
                        + "%,d messages in %,d conversations and an import at OpenPhone's limit. %s, %d cores (%s); %s; PostgreSQL %s; commit %s.")
                        .formatted(FilledDatabase.MESSAGES, FilledDatabase.CONVERSATIONS, machine.system(), machine.cores(),
                                machine.processor(), machine.java(), postgres.version(), commit));
        lines.add("");
        lines.add("| what | answers | median | 99 of 100 | longest | failed |");
        lines.add("| --- | ---: | ---: | ---: | ---: | ---: |");
        figures.forEach(figure -> lines.add(String.format(Locale.ROOT, "| %s | %,d | %.1f | %.1f | %.1f | %d |", figure.what(),
                figure.answers(), figure.p50(), figure.p99(), figure.longest(), figure.failed())));
        return String.join("\n", lines) + "\n";
    }
}
