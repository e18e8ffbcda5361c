package org.openphoneimport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The results as Markdown for people and as JSON for scripts. */
record Report(BenchSettings settings, Machine machine, String postgres, String commit, List<Result> results,
        List<String> notes) {

    void write() throws IOException {
        Files.writeString(settings.results().resolve("benchmark.md"), markdown());
        Files.writeString(settings.results().resolve("benchmark.json"), JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(Map.of(
                        "machine", machine, "postgres", postgres, "commit", commit, "notes", notes, "results", results,
                        "conversations", settings.conversations(), "seed", settings.seed(), "latencyMillis",
                        settings.latency(), "rate", settings.rate(), "workers", settings.workers())));
    }

    String markdown() {
        var lines = new ArrayList<String>();
        lines.add("# Benchmark");
        lines.add("");
        lines.add(
                ("`./mvnw -Pbench verify` wrote this: %,d conversations (seed %d), %d ms of latency, %s, %d workers each, one tool "
                        + "after the other, against the same server and the same PostgreSQL.")
                        .formatted(settings.conversations(),
                                settings.seed(), settings.latency(),
                                settings.rate() == 0 ? "no rate limit" : "%.3g requests a second".formatted(settings.rate()),
                                settings.workers()));
        lines.add("");
        lines.add("%s, %d cores (%s), %,d MB; %s; PostgreSQL %s; commit %s. Other work may have run on it: compare the columns."
                .formatted(machine.system(), machine.cores(), machine.processor(), machine.memoryMegabytes(), machine.java(),
                        postgres, commit));
        lines.add("");
        row(lines, "", Result::tool);
        lines.add("|" + " --- |".repeat(results.size() + 1));
        row(lines, "stored", result -> "%,d conversations, %,d messages, %,d calls".formatted(result.conversations(),
                result.messages(), result.calls()));
        row(lines, "seconds", result -> number(result.seconds()));
        row(lines, "of them for verification", result -> number(result.verificationSeconds()));
        row(lines, "conversations a second", result -> number(result.perSecond()));
        row(lines, "CPU seconds", result -> number(result.cpuSeconds()));
        row(lines, "of them for verification", result -> number(result.verificationCpuSeconds()));
        row(lines, "CPU seconds to start, before that", result -> number(result.startCpuSeconds()));
        row(lines, "CPU seconds of PostgreSQL", result -> number(result.databaseCpuSeconds()));
        row(lines, "requests", result -> "%,d".formatted(result.requests()));
        row(lines, "refused (429)", result -> "%,d (%.1f%%)".formatted(result.refused(),
                100.0 * result.refused() / (double) Math.max(1, result.requests())));
        row(lines, "requests a second, first to last", result -> number(result.requestRate()));
        row(lines, "busiest second", result -> Long.toString(result.busiestSecond()));
        row(lines, "statements per conversation", result -> number(result.perConversation((double) result.statements())));
        row(lines, "transactions per conversation", result -> number(result.perConversation((double) result.transactions())));
        row(lines, "kB allocated per conversation", result -> {
            var bytes = result.allocatedBytes();
            return number(bytes == null ? null : result.perConversation(bytes) / 1000);
        });
        lines.add("");
        lines.add("What each did:");
        lines.add("");
        results.forEach(result -> lines.add("- " + result.tool() + ": " + result.what() + "."));
        if (results.size() > 1) {
            lines.add("");
            lines.add("Against the first: " + String.join("; ", results.stream().skip(1)
                    .map(other -> "%s: %s times as many conversations a second, %s times the CPU seconds".formatted(
                            other.tool(),
                            number(other.perSecond() / results.getFirst().perSecond()),
                            number(other.cpuSeconds() / results.getFirst().cpuSeconds())))
                    .toList()) + ".");
        }
        notes.forEach(note -> lines.addAll(List.of("", note)));
        return String.join("\n", lines) + "\n";
    }

    private void row(List<String> lines, String name, Function<Result, String> cell) {
        lines.add("| " + name + " | " + String.join(" | ", results.stream().map(cell).toList()) + " |");
    }

    private static String number(@Nullable Double number) {
        return number == null ? ""
                : number >= 100 ? String.format(Locale.ROOT, "%,.0f", number)
                        : number >= 10 ? String.format(Locale.ROOT, "%.1f", number)
                                : String.format(Locale.ROOT, "%.2f", number);
    }
}
