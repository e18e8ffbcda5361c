package org.openphoneimport.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Secrets Manager, as far as secrets are read there, and Lambda, as far as functions are invoked there. */
public final class AwsEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    /** What Lambda was asked for. */
    public record Invocation(String uri, String type, String payload) {
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
                        new String(body, StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var secret = secrets.get(Json.read(body).path("SecretId").asText());
            var answer = new ObjectMapper().writeValueAsBytes(secret == null
                    ? Map.of("__type", "ResourceNotFoundException", "message", "Can't find the specified secret value")
                    : Map.of("SecretString", secret));
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(secret == null ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
