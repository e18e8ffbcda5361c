package org.openphoneimport.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands between the application and the SQS server, and can do to each request what a network or SQS may do to it. */
final class QueueProxy implements AutoCloseable {

    /** Lets everything pass. */
    static final Meddler NONE = (call, queue) -> queue.send(call.body());

    private static final Set<String> PASSED_ON = Set.of("X-amz-target", "Content-type", "Authorization", "X-amz-date");

    private final URI queue;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Meddler meddler = NONE;

    private QueueProxy(URI queue, HttpServer server) {
        this.queue = queue;
        this.server = server;
    }

    /** Starts in front of the SQS server with that address. */
    static QueueProxy start(String queue) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        var proxy = new QueueProxy(URI.create(queue), server);
        server.setExecutor(proxy.threads);
        server.createContext("/", proxy::handle);
        server.start();
        return proxy;
    }

    /** Refuses a share of what is sent, at random, in answers that say all is well, as SQS does. */
    static Meddler refusing(RandomGenerator random, double share) {
        return (call, queue) -> {
            if (!call.is("SendMessageBatch")) {
                return queue.send(call.body());
            }
            var taken = call.body().deepCopy();
            var failed = JsonNodeFactory.instance.arrayNode();
            for (var entries = taken.path("Entries").iterator(); entries.hasNext();) {
                var entry = entries.next();
                if (random.nextDouble() < share) {
                    entries.remove();
                    failed.addObject().put("Id", entry.path("Id").asText()).put("SenderFault", false)
                            .put("Code", "InternalError").put("Message", "Injected");
                }
            }
            var answer = taken.path("Entries").isEmpty() ? JsonNodeFactory.instance.objectNode()
                    : (ObjectNode) queue.send(taken).document();
            answer.withArray("Successful");
            return Answer.of(answer.set("Failed", failed));
        };
    }

    /** Delivers what is sent twice, and each of the two after a while of its own, so that nothing comes in order. */
    static Meddler twice(RandomGenerator random, int longestSeconds) {
        return (call, queue) -> {
            var answer = queue.send(call.is("SendMessageBatch") ? delayed(call.body(), random, longestSeconds) : call.body());
            if (call.is("SendMessageBatch")) {
                queue.send(delayed(call.body(), random, longestSeconds));
            }
            return answer;
        };
    }

    /** Tells of each record's body when it is delivered. */
    static Meddler telling(Consumer<String> deliveries, Meddler decides) {
        return (call, queue) -> {
            var answer = decides.meddle(call, queue);
            if (answer != null && call.is("ReceiveMessage")) {
                answer.document().path("Messages").forEach(record -> deliveries.accept(record.path("Body").asText()));
            }
            return answer;
        };
    }

    private static JsonNode delayed(JsonNode body, RandomGenerator random, int longestSeconds) {
        var delayed = body.deepCopy();
        delayed.path("Entries").forEach(entry -> ((ObjectNode) entry).put("DelaySeconds",
                entry.path("DelaySeconds").asInt() + random.nextInt(longestSeconds + 1)));
        return delayed;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets this one decide on every request from now on. */
    void meddle(Meddler decides) {
        meddler = decides;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            var body = Json.read(exchange.getRequestBody().readAllBytes());
            if (body instanceof ObjectNode receive && receive.path("WaitTimeSeconds").asInt() > 1) {
                // A killed worker's request would go on waiting, and take a record with it into its grave.
                receive.put("WaitTimeSeconds", 1);
            }
            var call = new Call(target.substring(target.indexOf('.') + 1), body);
            // What happens to batches is what is meddled with: files have a queue of their own, and not the same steps.
            boolean ofFiles = body.path("QueueUrl").asText().endsWith("/media");
            var answer = (ofFiles ? NONE : meddler).meddle(call, changed -> forward(exchange, changed));
            if (answer != null) {
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Answer forward(HttpExchange exchange, JsonNode body) throws IOException {
        var request = HttpRequest.newBuilder(queue).POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED_ON.contains(name)) {
                request.header(name, values.getFirst());
            }
        });
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** Decides what becomes of a request. Called by many threads at once. */
    @FunctionalInterface
    interface Meddler {

        /** Returns what the application gets; null to cut the connection. */
        @Nullable
        Answer meddle(Call call, Queue queue) throws IOException;
    }

    /** The SQS server. */
    @FunctionalInterface
    interface Queue {
        Answer send(JsonNode body) throws IOException;
    }

    /**
     * What the application asks for.
     *
     * @param action such as {@code SendMessageBatch}
     */
    record Call(String action, JsonNode body) {

        boolean is(String name) {
            return action.equals(name);
        }
    }

    /** What SQS answers. */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
    record Answer(int status, byte[] body) {

        static Answer of(JsonNode document) {
            return new Answer(200, Json.bytes(document));
        }

        JsonNode document() {
            return Json.read(body);
        }
    }
}
