package org.openphoneimport.local.sample.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/**
 * A request as the server understood it.
 *
 * @param path decoded, for example {@code /v1/messages/ACabc}
 * @param template the path with its variables unnamed, for example {@code /v1/messages/{id}}
 * @param query as sent, not decoded; empty when there is none
 * @param parameters decoded; a {@code +} that was not encoded is a space, as everywhere on the web
 * @param attempt 1 for the first request with this method, path and query that was granted, then 2, and so on
 */
public record SampleRequest(String method, String path, String template, String query,
        Map<String, List<String>> parameters, Headers headers, String body, int attempt) {

    private static final int LARGEST = 100;

    static SampleRequest of(HttpExchange exchange, String template, int attempt) throws IOException {
        var uri = exchange.getRequestURI();
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new SampleRequest(exchange.getRequestMethod(), uri.getPath(), template, query, parametersOf(query),
                exchange.getRequestHeaders(), body, attempt);
    }

    /** Returns the first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** Returns the first value of a parameter. */
    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns this request with those of these parameters that are larger numbers cut to that one. */
    public SampleRequest withAtMost(int most, Set<String> names) {
        var cut = new LinkedHashMap<>(parameters);
        cut.replaceAll((name, values) -> names.contains(name)
                ? values.stream().map(value -> isLarger(value, most) ? Integer.toString(most) : value).toList()
                : values);
        return new SampleRequest(method, path, template, query, cut, headers, body, attempt);
    }

    // Larger than what OpenPhone allows stays: it is refused.
    private static boolean isLarger(String value, int most) {
        return value.matches("\\d{1,3}") && Integer.parseInt(value) > most && Integer.parseInt(value) <= LARGEST;
    }

    private static Map<String, List<String>> parametersOf(String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                parameters.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : decode(parts[1]));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
