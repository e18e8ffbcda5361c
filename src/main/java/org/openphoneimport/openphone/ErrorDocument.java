package org.openphoneimport.openphone;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An error in one of the shapes that OpenPhone has: v1's {@code {"message","code","status","docs","title"}}, that of the API of
 * 2026-03-30, which has neither code nor status, and {@code {"error":{"message","key","trace"}}}, which v1 was seen to answer.
 * Whatever else comes with a 4xx is a gateway's, and tells nothing about what OpenPhone has.
 *
 * <p>
 * Beside the message one field that others do not have is enough, since OpenPhone does not write all of them each time.
 * {@code status} is none of those: Spring's gateway writes {@code {"status","error","message","path"}}. Nor is any number a
 * code (Google's gateways have {@code "code":5}) or any text a trace (Spring's is a stack trace).
 *
 * @param message for people; its words may change
 * @param title for people, such as {@code Not Found}; null in the nested shape
 * @param code seven digits, two for the resource and the status at the end; null where there is none
 */
record ErrorDocument(String message, @Nullable String title, @Nullable String code) {

    private static final Pattern CODE = Pattern.compile("\\d{7}");
    private static final Pattern TRACE = Pattern.compile("\\d{1,40}");

    /** Empty when it has none of OpenPhone's shapes. */
    static Optional<ErrorDocument> of(JsonNode document) {
        var error = document.path("error");
        return error.isObject() ? nested(error) : flat(document);
    }

    private static Optional<ErrorDocument> nested(JsonNode error) {
        var message = text(error, "message");
        return message != null && (text(error, "key") != null || matches(error, "trace", TRACE))
                ? Optional.of(new ErrorDocument(message, null, null))
                : Optional.empty();
    }

    private static Optional<ErrorDocument> flat(JsonNode document) {
        var message = text(document, "message");
        var title = text(document, "title");
        boolean coded = matches(document, "code", CODE);
        boolean ours = title != null || coded || text(document, "docs") != null || matches(document, "trace", TRACE);
        return message != null && ours
                ? Optional.of(new ErrorDocument(message, title, coded ? text(document, "code") : null))
                : Optional.empty();
    }

    private static boolean matches(JsonNode document, String name, Pattern pattern) {
        var text = text(document, name);
        return text != null && pattern.matcher(text).matches();
    }

    private static @Nullable String text(JsonNode document, String name) {
        var text = document.path(name).textValue();
        return text == null || text.isBlank() ? null : text;
    }
}
