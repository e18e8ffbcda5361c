package org.openphoneimport.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Asks this application's own HTTP server, so that what it serves has one way through its routes, however it was asked for. */
@ApplicationScoped
class Loopback {

    private final HttpServer server;
    private final HttpClient client;

    Loopback(Vertx vertx, HttpServer server) {
        this.server = server;
        // A connection each, so that none outlives the function's sleep.
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    }

    /**
     * @param uri path and query, as they were asked for
     * @param headers by name; a name may come more than once
     */
    record Ask(String method, String uri, List<Map.Entry<String, String>> headers, Buffer body) {
    }

    /** @param headers by name as they came; a name may come more than once */
    record Answer(int status, List<Map.Entry<String, String>> headers, Buffer body) {
    }

    Answer ask(Ask ask, Duration longest) throws TimeoutException {
        var options = new RequestOptions().setHost("127.0.0.1").setPort(server.getPort()).setURI(ask.uri())
                .setMethod(HttpMethod.valueOf(ask.method()));
        ask.headers().forEach(header -> options.addHeader(header.getKey(), header.getValue()));
        // Inside, on the connection's thread: a body that comes before it is listened for is lost, and this thread may be slow.
        var answer = client.request(options).compose(request -> request.send(ask.body()).compose(Loopback::read));
        try {
            return answer.toCompletionStage().toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The page's own server did not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the page was made", e);
        }
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), List.copyOf(response.headers().entries()), body));
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
