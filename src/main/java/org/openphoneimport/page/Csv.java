package org.openphoneimport.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A table as CSV (RFC 4180), safe to open with a spreadsheet: no cell of it is taken for a formula. */
final class Csv {

    // A spreadsheet calculates what begins like this, whatever it contains; a number with its country's plus it leaves alone.
    private static final String FORMULA = "(?s)[=+@\\-\t\r].*";
    private static final String PHONE_NUMBERS = "(\\+\\d+(, )?)+";

    private Csv() {
    }

    static String of(List<String> header, Stream<List<@Nullable Object>> rows) {
        return Stream.concat(Stream.of(header), rows).map(Csv::line).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String line(List<? extends @Nullable Object> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(","));
    }

    private static String cell(@Nullable Object value) {
        var text = value == null ? "" : value.toString();
        var safe = text.matches(FORMULA) && !text.matches(PHONE_NUMBERS) ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
