package org.openphoneimport.openphone;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jspecify.annotations.Nullable;

/**
 * One thing to ask OpenPhone for.
 *
 * @param resource such as {@code messages}
 * @param id the one to get, or null to list
 * @param parameters of the query, in order; a name may stand there several times, as v1 wants its arrays
 */
record Request(String resource, @Nullable String id, List<Parameter> parameters) {

    record Parameter(String name, String value) {
    }

    static Request list(String resource) {
        return new Request(resource, null, List.of());
    }

    static Request get(String resource, String id) {
        return new Request(resource, id, List.of());
    }

    Request with(String name, @Nullable Object value) {
        return value == null ? this : with(name, List.of(value));
    }

    Request with(String name, List<?> values) {
        var all = new ArrayList<>(parameters);
        values.forEach(value -> all.add(new Parameter(name, value.toString())));
        return new Request(resource, id, List.copyOf(all));
    }

    /** Pages of lists: {@code maxResults} is marked as required and has no default that everybody agrees on. */
    Request page(int maxResults, @Nullable String token) {
        return with("maxResults", maxResults).with("pageToken", token);
    }

    /** What was created in a window; either end may be open. */
    Request created(@Nullable Instant after, @Nullable Instant before) {
        return with("createdAfter", after).with("createdBefore", before);
    }

    String path() {
        return "/v1/" + resource + (id == null ? "" : "/" + id);
    }

    MultivaluedMap<String, String> query() {
        var query = new MultivaluedHashMap<String, String>();
        parameters.forEach(parameter -> query.add(parameter.name(), parameter.value()));
        return query;
    }

    /** As it can be tried again by hand: {@code GET /v1/messages?phoneNumberId=PN1&participants=%2B16175550123}. */
    @Override
    public String toString() {
        var query = parameters.stream()
                .map(parameter -> parameter.name() + "=" + URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return "GET " + path() + (query.isEmpty() ? "" : "?" + query);
    }
}
