package org.openphoneimport.local.sample;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.http.SampleRequest;

/** The parameters of one request, checked as v1 checks them: what is wrong is refused, what is unknown is ignored. */
final class Query {

    static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
    static final Pattern PHONE_NUMBER = Pattern.compile("PN.*");
    static final Pattern USER = Pattern.compile("US.*");
    static final Pattern ANY = Pattern.compile(".+");

    /** Beyond this the real server's parser makes an object of a repeated key, and the check for an array fails. */
    private static final int MOST_REPEATED = 20;

    private final SampleRequest request;
    private final ApiResource resource;

    Query(SampleRequest request, ApiResource resource) {
        this.request = request;
        this.resource = resource;
    }

    String required(String name, Pattern pattern) {
        return optional(name, pattern).orElseThrow(() -> refused(name, "Required", null, "string"));
    }

    Optional<String> optional(String name, Pattern pattern) {
        var values = request.parameters().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw refused(name, "Expected string", values, "string");
        }
        values.forEach(value -> matching(name, value, pattern));
        return values.stream().findFirst();
    }

    List<String> requiredArray(String name, Pattern pattern) {
        var values = array(name, pattern);
        if (values.isEmpty()) {
            var bracketed = request.parameters().get(name + "[]");
            throw refused(name, "Expected array", bracketed, "array");
        }
        return values;
    }

    List<String> array(String name, Pattern pattern) {
        var values = request.parameters().getOrDefault(name, List.of());
        if (values.size() > MOST_REPEATED) {
            throw refused(name, "Expected array", values, "array");
        }
        values.forEach(value -> matching(name, value, pattern));
        return values;
    }

    int maxResults(int most) {
        return rows("maxResults", required("maxResults", ANY), most);
    }

    /** Returns the dated API's {@code limit}, which has a default. */
    int limit(int most) {
        return optional("limit", ANY).map(value -> rows("limit", value, most)).orElse(10);
    }

    private int rows(String name, String value, int most) {
        if (!value.matches("\\d{1,9}")) {
            throw refused(name, "Expected integer", value, "integer");
        }
        int results = Integer.parseInt(value);
        if (results < 1 || results > most) {
            throw refused(name, results < 1 ? "Expected integer to be greater or equal to 1"
                    : "Expected integer to be less or equal to " + most, results, "integer");
        }
        return results;
    }

    boolean flag(String name) {
        return optional(name, Pattern.compile("true|false")).map(Boolean::valueOf).orElse(false);
    }

    /**
     * Returns what the parameters {@code <what>After} and {@code <what>Before} let through; both bounds are excluded, though
     * it is not documented. Without one of them everything passes, with one only what has a time.
     */
    Predicate<@Nullable Instant> within(String what) {
        var after = time(what + "After");
        var before = time(what + "Before");
        return at -> (after.isEmpty() || (at != null && at.isAfter(after.get())))
                && (before.isEmpty() || (at != null && at.isBefore(before.get())));
    }

    /** Returns what the dated API's {@code <field>[gt]} and {@code <field>[lt]} let through: both bounds are excluded. */
    Predicate<@Nullable Instant> between(String field) {
        var after = time(field + "[gt]");
        var before = time(field + "[lt]");
        return at -> (after.isEmpty() || (at != null && at.isAfter(after.get())))
                && (before.isEmpty() || (at != null && at.isBefore(before.get())));
    }

    /** Returns what the dated API's {@code <field>[gte]} and {@code <field>[lte]} let through: both bounds are included. */
    Predicate<@Nullable Instant> fromTo(String field) {
        var from = time(field + "[gte]");
        var to = time(field + "[lte]");
        return at -> (from.isEmpty() || (at != null && !at.isBefore(from.get())))
                && (to.isEmpty() || (at != null && !at.isAfter(to.get())));
    }

    /** Returns the deprecated {@code since}, which really means before. */
    Predicate<Instant> since() {
        var before = time("since");
        return at -> before.isEmpty() || at.isBefore(before.get());
    }

    Optional<Instant> time(String name) {
        return optional(name, ANY).map(value -> {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeException e) {
                throw refused(name, "Expected string to match 'date-time' format", value, "string");
            }
        });
    }

    private void matching(String name, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw refused(name, "Expected string to match '" + pattern + "'", value, "string");
        }
    }

    private Refusal refused(String name, String message, @Nullable Object value, String type) {
        return resource.badParameter(name, message, value, type);
    }
}
