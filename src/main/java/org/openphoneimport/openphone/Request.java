package org.openphoneimport.openphone;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jspecify.annotations.Nullable;

/**
 * One thing to ask OpenPhone for.
 *
 * @param generation of the API that is asked
 * @param resource such as {@code messages}
 * @param id the one to get, or null to list
 * @param part what is listed of that one; null for the one itself
 * @param parameters of the query, in order; a name may stand there several times, as v1 wants its arrays
 */
record Request(Generation generation, String resource, @Nullable String id, @Nullable String part,
        List<Parameter> parameters) {

    private static final Set<String> TOKENS = Set.of("pageToken", "after");

    record Parameter(String name, String value) {
    }

    static Request list(String resource) {
        return new Request(Generation.V1, resource, null, null, List.of());
    }

    /** A list of the API of 2026-03-30. */
    static Request dated(String resource) {
        return new Request(Generation.DATED, resource, null, null, List.of());
    }

    /** One document of the API of 2026-03-30, or with a part the list of what belongs to it. */
    static Request dated(String resource, String id, @Nullable String part) {
        return new Request(Generation.DATED, resource, id, part, List.of());
    }

    static Request get(String resource, String id) {
        return new Request(Generation.V1, resource, id, null, List.of());
    }

    Request with(String name, @Nullable Object value) {
        return value == null ? this : with(name, List.of(value));
    }

    Request with(String name, List<?> values) {
        var all = new ArrayList<>(parameters);
        values.forEach(value -> all.add(new Parameter(name, value.toString())));
        return new Request(generation, resource, id, part, List.copyOf(all));
    }

    /** Pages of lists: {@code maxResults} is marked as required and has no default that everybody agrees on. */
    Request page(int size, @Nullable String token) {
        return switch (generation) {
            case V1 -> with("maxResults", size).with("pageToken", token);
            case DATED -> with("limit", size).with("after", token);
        };
    }

    /** What was created in a window; either end may be open. */
    Request created(@Nullable Instant after, @Nullable Instant before) {
        return with("createdAfter", after).with("createdBefore", before);
    }

    /** What was created in a slice, by the names that the dated API has for its bounds. */
    Request within(String lower, String upper, TimeSlice created) {
        return with("createdAt[" + lower + "]", created.lowerBound()).with("createdAt[" + upper + "]", created.upperBound());
    }

    /** Whether the answer's document stands under {@code data}: of one that only has to be there not all sources agree. */
    boolean isEnveloped() {
        return !resource.equals("organization");
    }

    /** What requests of other documents or other pages have in common with this one. */
    String kind() {
        return generation.text() + " " + resource + (id == null ? "" : "/{id}") + (part == null ? "" : "/" + part);
    }

    String path() {
        return (generation == Generation.V1 ? "/v1/" : "/") + resource + (id == null ? "" : "/" + id)
                + (part == null ? "" : "/" + part);
    }

    MultivaluedMap<String, String> query() {
        var query = new MultivaluedHashMap<String, String>();
        parameters.forEach(parameter -> query.add(parameter.name(), parameter.value()));
        return query;
    }

    /**
     * As it can be tried again by hand: {@code GET /v1/messages?phoneNumberId=PN1&participants=%2B16175550123}. The token of a
     * page is not told: it is long, and lives for a short time.
     */
    @Override
    public String toString() {
        var query = parameters.stream()
                .map(parameter -> encoded(parameter.name()) + "="
                        + (TOKENS.contains(parameter.name()) ? "..." : encoded(parameter.value())))
                .collect(Collectors.joining("&"));
        return "GET " + path() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
