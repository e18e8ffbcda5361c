package org.openphoneimport.local.sample.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Serves one {@link Api} on the loopback address, one virtual thread a request, with a rate limit for each key. */
public final class Host implements AutoCloseable {

    static {
        // read once, when the JDK's server is loaded: without nodelay each answer on a kept connection waits 40 ms for an
        // ACK, and beyond 200 idle connections, or after 30 s, it closes those that clients are about to use again
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.maxIdleConnections", "5000");
        setIfAbsent("sun.net.httpserver.idleInterval", "600");
    }

    private final Api api;
    private volatile double rate;
    private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();
    private final RequestLog requests = new RequestLog();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Interceptor interceptor = Interceptor.NONE;
    /** What requests without an answer wait for. */
    private volatile CountDownLatch held = new CountDownLatch(1);

    private Host(HttpServer server, Api api, double rate) {
        this.server = server;
        this.api = api;
        this.rate = rate;
    }

    /** Starts serving; port 0 takes any free one, rate 0 sets no limit. */
    public static Host start(Api api, int port, double rate) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        var host = new Host(server, api, rate);
        server.setExecutor(host.threads);
        server.createContext("/", host::handle);
        server.start();
        return host;
    }

    /** Returns where this host is, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns what this host was asked. */
    public RequestLog requests() {
        return requests;
    }

    /** Lets this interceptor decide on every request from now on. Connections on which there was no answer yet are closed. */
    public void intercept(Interceptor decides) {
        interceptor = decides;
        letGo();
    }

    private synchronized void letGo() {
        var before = held;
        held = new CountDownLatch(1);
        before.countDown();
    }

    /** Grants so many requests a second from the next one on; 0 sets no limit. */
    public void grant(double requests) {
        rate = requests;
        limits.clear();
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("Authorization");
        var arrival = limits.computeIfAbsent(key == null ? "" : key, any -> new RateLimit(rate)).arrive();
        var uri = exchange.getRequestURI();
        var logged = new LoggedRequest(arrival.nanos(), exchange.getRequestMethod(), uri.getPath(),
                api.template(uri.getPath()), uri.getRawQuery() == null ? "" : uri.getRawQuery());
        requests.add(logged);
        arrival.headers().forEach(exchange.getResponseHeaders()::set);
        try (exchange) {
            // Before the interceptor: who replaces it lets go of what it has decided.
            var delivery = new Delivery(exchange, logged, held);
            if (!arrival.granted()) {
                delivery.send(Problem.of(429, "0000429", "Too Many Requests", "Rate limit exceeded").reply());
                return;
            }
            var request = SampleRequest.of(exchange, logged.template(), requests.attempt(logged));
            delivery.carryOut(interceptor.intercept(request), () -> api.answer(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
