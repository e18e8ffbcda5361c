package org.openphoneimport.local.sample.http;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;

/** Brings one answer to the client, or fails to in the way that was asked for. */
final class Delivery {

    private final HttpExchange exchange;
    private final LoggedRequest logged;
    private final CountDownLatch held;

    Delivery(HttpExchange exchange, LoggedRequest logged, CountDownLatch held) {
        this.exchange = exchange;
        this.logged = logged;
        this.held = held;
    }

    void carryOut(Fault fault, Supplier<Reply> normal) throws IOException, InterruptedException {
        switch (fault) {
            case Fault.None() -> send(normal.get());
            case Fault.Answer(var reply) -> send(reply);
            case Fault.Change(var change) -> send(change.apply(normal.get()));
            case Fault.Delay(var time, var then) -> {
                Thread.sleep(time);
                carryOut(then, normal);
            }
            case Fault.Cut(var share) -> cut(normal.get(), share);
            case Fault.NoAnswer() -> held.await();
        }
    }

    void send(Reply reply) throws IOException {
        var body = reply.body();
        start(reply, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private void cut(Reply reply, double share) throws IOException {
        if (share > 0) {
            // one byte more than there is, so that the end is missing even of an empty body
            start(reply, reply.body().length + 1L);
            exchange.getResponseBody().write(reply.truncate(share).body());
            exchange.getResponseBody().flush();
        }
    }

    private void start(Reply reply, long length) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        logged.answered(reply.status());
        exchange.sendResponseHeaders(reply.status(), length);
    }
}
