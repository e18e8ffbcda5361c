package org.openphoneimport.local.sample.http;

import java.time.Instant;

/** One request in the log. It is there from its arrival on, and has a status as soon as an answer is being sent. */
public final class LoggedRequest {

    private final long nanos;
    private final Instant at;
    private final String method;
    private final String path;
    private final String template;
    private final String query;
    private volatile int status;

    LoggedRequest(long nanos, String method, String path, String template, String query) {
        this.nanos = nanos;
        this.at = Instant.now();
        this.method = method;
        this.path = path;
        this.template = template;
        this.query = query;
    }

    /** Arrival, {@link System#nanoTime()}: the very instant the rate limiter counted with. */
    public long nanos() {
        return nanos;
    }

    /** Arrival. */
    public Instant at() {
        return at;
    }

    /** GET, POST and so on. */
    public String method() {
        return method;
    }

    /** The path, decoded. */
    public String path() {
        return path;
    }

    /** The path with its variables unnamed, for example {@code /v1/calls/{callId}}; the path itself for unknown routes. */
    public String template() {
        return template;
    }

    /** The query as sent, empty when there was none. */
    public String query() {
        return query;
    }

    /** The status answered; 0 as long as there is none, and for ever if none was sent. */
    public int status() {
        return status;
    }

    void answered(int answer) {
        status = answer;
    }

    @Override
    public String toString() {
        return at + " " + method + " " + path + (query.isEmpty() ? "" : "?" + query) + " -> " + status;
    }
}
