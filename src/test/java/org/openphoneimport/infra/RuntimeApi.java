package org.openphoneimport.infra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Answer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Lambda's Runtime API, as one function's process sees it: it asks for the next event, and posts what became of it. */
final class RuntimeApi implements AutoCloseable {

    // No test of speed: a machine may be busy.
    private static final Duration TIME_LIMIT = Duration.ofMinutes(3);

    /** By this AWS tells that invocations go round in circles; what a function sends carries it on. */
    static final String LINEAGE = "Lineage=1:5759e988:15";

    private final HttpServer server;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<String> began = new CompletableFuture<>();
    private final CountDownLatch restored = new CountDownLatch(1);

    private record Event(String id, String json) {
    }

    private RuntimeApi(HttpServer server) {
        this.server = server;
    }

    static RuntimeApi start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var api = new RuntimeApi(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/2018-06-01/runtime/", api::handle);
        server.start();
        return api;
    }

    /** What Lambda gives a process as {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Waits until the process is ready for its first event, or for its snapshot. */
    void awaitReady() {
        try {
            var problem = began.get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!problem.isEmpty()) {
                throw new AssertionError("The function could not be initialised: " + problem);
            }
        } catch (Exception e) {
            throw new AssertionError("The function does not start", e);
        }
    }

    /** Nobody waits for a process that has ended. */
    void processEnded() {
        var end = new IllegalStateException("The process has ended");
        began.completeExceptionally(end);
        answers.values().forEach(answer -> answer.completeExceptionally(end));
    }

    /** Lets the process go on that was made a snapshot of. */
    void restore() {
        restored.countDown();
    }

    /** Hands over an event and waits for what the function answers. */
    Answer invoke(String event) {
        var id = UUID.randomUUID().toString();
        var answer = new CompletableFuture<Answer>();
        answers.put(id, answer);
        events.add(new Event(id, event));
        try {
            return answer.get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("The function does not answer", e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring("/2018-06-01/runtime/".length());
            var body = exchange.getRequestBody().readAllBytes();
            if (path.equals("invocation/next")) {
                began.complete("");
                next(exchange);
            } else if (path.equals("restore/next")) {
                began.complete("");
                restored.await();
                exchange.sendResponseHeaders(200, -1);
            } else if (path.startsWith("invocation/")) {
                var words = path.split("/", -1);
                answers.getOrDefault(words[1], new CompletableFuture<>()).complete(
                        new Answer(words[2].equals("error"), Json.read(body.length == 0 ? new byte[] { '{', '}' } : body)));
                exchange.sendResponseHeaders(202, -1);
            } else {
                began.complete(path + ": " + new String(body, StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(202, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        var event = events.take();
        var json = event.json().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", event.id());
        headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + TIME_LIMIT.toMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:tested");
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0;" + LINEAGE);
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
