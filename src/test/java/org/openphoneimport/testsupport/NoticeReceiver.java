package org.openphoneimport.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A receiver of webhooks on loopback, which can be closed and opened again at the same address. */
public final class NoticeReceiver implements AutoCloseable {

    /** What it shares with the sender. */
    public static final String SECRET = "whsec_c2VjcmV0IG9mIHRoZSByZWNlaXZlciBpbiB0ZXN0cw==";

    private static final int TAKEN = 204;

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int answer = TAKEN;

    /**
     * What was posted.
     *
     * @param id header webhook-id
     * @param timestamp header webhook-timestamp
     * @param signature header webhook-signature
     * @param text its body as it came
     * @param taken whether it was answered with success
     */
    public record Post(String path, String id, String timestamp, String signature, String text, boolean taken) {

        /** Its body. */
        public JsonNode document() {
            return Json.read(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private NoticeReceiver(HttpServer server) {
        this.server = server;
    }

    /** Opens one at any address. */
    public static NoticeReceiver open() {
        var receiver = new NoticeReceiver(server(0));
        receiver.serve();
        return receiver;
    }

    /** Where it is; the path is as good as a secret. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/hidden";
    }

    /** All that came, the first first. */
    public List<Post> posts() {
        return List.copyOf(posts);
    }

    /** Those that are about a run, or of a kind. */
    public List<Post> posts(String runOrType) {
        return posts.stream().filter(post -> post.document().at("/data/run/id").asText().equals(runOrType)
                || post.document().path("type").asText().equals(runOrType)).toList();
    }

    /** Answers with this status from now on. */
    public void answer(int status) {
        answer = status;
    }

    /** Takes everything, and forgets what came. */
    public void reset() {
        answer = TAKEN;
        posts.clear();
    }

    /** Nothing listens there any more. */
    @Override
    public void close() {
        server.stop(0);
    }

    /** Listens again at the same address. */
    public void openAgain() {
        server = server(server.getAddress().getPort());
        serve();
    }

    private void serve() {
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            int status = answer;
            posts.add(new Post(exchange.getRequestURI().getPath(), headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), status == TAKEN));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static HttpServer server(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to listen: " + e.getMessage(), e);
        }
    }
}
