package org.openphoneimport.proof;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A proof as one file of comma-separated values, for programs that take nothing else: with a header, lines ended as RFC 4180
 * has it.
 */
public final class ProofCsv {

    private static final List<String> HEADER = List.of("section", "name", "value", "number", "number_id", "month",
            "conversations",
            "messages", "calls", "messages_sha256", "calls_sha256", "checked", "found", "kind", "subject", "id",
            "conversation_id",
            "finding", "by", "reason", "at");

    // A spreadsheet would compute what begins like this; telephone numbers it may.
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+@\\t\\r-].*");
    private static final Pattern HARMLESS = Pattern.compile("[+-]?\\d*");

    private ProofCsv() {
    }

    /** All of it. */
    public static String of(Proof proof) {
        return Stream.of(Stream.of(String.join(",", HEADER)), scope(proof), checks(proof), numbers(proof), months(proof),
                found(proof), accepted(proof),
                proof.notGiven().stream()
                        .map(lack -> line("not given by any API", "name", lack.what(), "value", lack.remedy())))
                .flatMap(lines -> lines).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static Stream<String> scope(Proof proof) {
        var scope = proof.scope();
        return Stream.of(row("title", proof.title()), row("written at", proof.writtenAt()), row("run", scope.runId()),
                row("type", scope.type()), row("status", scope.status()), row("from", scope.from()), row("to", scope.to()),
                row("started at", scope.startedAt()), row("completed at", scope.completedAt()), row("API", scope.api()),
                row("witness", scope.witness()), row("no witness because", scope.witnessObstacle()),
                row("workspace", scope.workspace()), row("covered until", scope.coveredUntil()),
                row("verdict", proof.verdict().status()), row("checked at", proof.verdict().checkedAt()),
                row("everything read again", proof.verdict().full()), row("digests", proof.digests()));
    }

    private static String row(String name, @Nullable Object value) {
        return line("scope", "name", name, "value", value);
    }

    private static Stream<String> checks(Proof proof) {
        return proof.checks().stream()
                .map(check -> line("check", "name", check.name(), "checked", check.checked(), "found", check.found()));
    }

    private static Stream<String> numbers(Proof proof) {
        return proof.numbers().stream().map(each -> line("number", "name", each.name(), "number", each.number(), "number_id",
                each.id(), "conversations", each.conversations(), "messages", each.messages(), "calls", each.calls(),
                "messages_sha256", each.messagesDigest(), "calls_sha256", each.callsDigest()));
    }

    private static Stream<String> months(Proof proof) {
        return proof.months().stream().map(each -> line("month", "number", each.number(), "number_id", each.numberId(), "month",
                each.month(), "messages", each.messages(), "calls", each.calls()));
    }

    private static Stream<String> found(Proof proof) {
        return proof.discrepancies().stream()
                .map(each -> line("discrepancy", "kind", each.kind(), "subject", each.subject(), "id",
                        each.id(), "conversation_id", each.conversationId(), "finding", each.finding()));
    }

    private static Stream<String> accepted(Proof proof) {
        return proof.accepted().stream().map(each -> line("accepted", "subject", each.subject(), "id", each.id(), "finding",
                each.finding(), "by", each.by(), "reason", each.reason(), "at", each.at()));
    }

    /** @param cells name of a column and what stands there, in turns */
    private static String line(String section, @Nullable Object... cells) {
        var line = new String[HEADER.size()];
        Arrays.fill(line, "");
        line[0] = cell(section);
        for (int i = 0; i < cells.length; i += 2) {
            line[HEADER.indexOf(String.valueOf(cells[i]))] = cells[i + 1] == null ? "" : cell(String.valueOf(cells[i + 1]));
        }
        return String.join(",", line);
    }

    private static String cell(String text) {
        var safe = FORMULA.matcher(text).matches() && !HARMLESS.matcher(text).matches() ? "'" + text : text;
        return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
