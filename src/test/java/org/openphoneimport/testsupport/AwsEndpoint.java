package org.openphoneimport.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Secrets Manager, as far as secrets are read there, Lambda, as far as functions are invoked there, and EventBridge, as far
 * as it is told of anything.
 */
public final class AwsEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();
    private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    /**
     * What Lambda was asked for.
     *
     * @param trace by which AWS knows that invocations come of each other
     */
    public record Invocation(String uri, String type, String payload, String trace) {
    }

    private AwsEndpoint(HttpServer server) {
        this.server = server;
    }

    /** Starts one of its own. */
    public static AwsEndpoint start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var endpoint = new AwsEndpoint(server);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    /** Where it is, as {@code AWS_ENDPOINT_URL} wants it. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Gives a secret a value. */
    public void put(String secret, String value) {
        secrets.put(secret, value);
    }

    /** What was asked for first of what nobody has looked at yet. */
    public Invocation nextInvocation() {
        return Objects.requireNonNull(invocations.poll(), "No function was invoked");
    }

    /** All that was asked for and nobody has looked at yet. */
    public List<Invocation> nextInvocations() {
        return Stream.generate(invocations::poll).takeWhile(Objects::nonNull).toList();
    }

    /** What EventBridge was told, as {@code PutEvents} has it. */
    public List<JsonNode> events() {
        return List.copyOf(events);
    }

    /** Lets Secrets Manager fail, or answer again. */
    public void failSecrets(boolean fail) {
        away = fail;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().startsWith("/2015-03-31/functions/")) {
                invocations.add(new Invocation(exchange.getRequestURI().toString(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type")),
                        new String(body, StandardCharsets.UTF_8),
                        String.valueOf(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"))));
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            if ("AWSEvents.PutEvents".equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
                Json.read(body).path("Entries").forEach(events::add);
                answer(exchange, 200, Map.of("FailedEntryCount", 0, "Entries", List.of(Map.of("EventId", "1"))));
                return;
            }
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var secret = secrets.get(Json.read(body).path("SecretId").asText());
            answer(exchange, secret == null ? 400 : 200, secret == null
                    ? Map.of("__type", "ResourceNotFoundException", "message", "Can't find the specified secret value")
                    : Map.of("SecretString", secret));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> document) throws IOException {
        var answer = new ObjectMapper().writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
