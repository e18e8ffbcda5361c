package org.openphoneimport.local.sample.http;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * An error in the flat shape that the v1 document promises.
 *
 * @param code seven digits: resource, variety, status
 * @param description only for errors that have a name of their own
 * @param errors only for parameters that were refused
 */
public record Problem(String message, String code, int status, String docs, String title, String trace,
        @JsonInclude(Include.NON_NULL) @Nullable String description,
        @JsonInclude(Include.NON_EMPTY) List<Detail> errors) {

    private static final String DOCS = "https://quo.com/docs";

    /** Returns an error without further detail. */
    public static Problem of(int status, String code, String title, String message) {
        return new Problem(message, code, status, DOCS, title, newTrace(), null, List.of());
    }

    /** Returns an error that has a name of its own in the document. */
    public static Problem named(int status, String code, String name) {
        return new Problem(name, code, status, DOCS, name, newTrace(), name, List.of());
    }

    /** Returns an error that has a name of its own in the document, and other words for it. */
    public static Problem named(int status, String code, String name, String description) {
        return new Problem(description, code, status, DOCS, name, newTrace(), description, List.of());
    }

    /** Returns the refusal of one parameter. */
    public static Problem parameter(String code, String name, String message, @Nullable Object value, String type) {
        var detail = new Detail("/" + name, message, value, Map.of("type", type));
        return new Problem("Request validation failed", code, 400, DOCS, "Bad Request", newTrace(), null, List.of(detail));
    }

    /** Returns the answer that carries this error. */
    public Reply reply() {
        return Reply.json(status, this);
    }

    /** Returns something an operator could send to OpenPhone's support: 19 digits, too many for a JSON number. */
    public static String newTrace() {
        return String.valueOf(1_000_000_000_000_000_000L + Math.abs(System.nanoTime() % 1_000_000_000_000_000_000L));
    }

    /** What was wrong with one parameter. */
    public record Detail(String path, String message, @JsonInclude(Include.NON_NULL) @Nullable Object value,
            Map<String, String> schema) {
    }
}
