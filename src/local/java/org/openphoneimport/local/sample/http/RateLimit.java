package org.openphoneimport.local.sample.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Grants at most so many requests in any second, wherever that second begins, and says in each answer what is left. A
 * request that is refused costs nothing.
 */
final class RateLimit {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int requests;
    private final long window;
    private final Deque<Long> granted = new ArrayDeque<>();

    /** Grants {@code rate} requests a second, for example 10, 2.5 (2 in 0.8 s) or 0.5 (1 in 2 s); 0 grants all. */
    RateLimit(double rate) {
        this.requests = rate == 0 ? 0 : (int) Math.max(1, rate);
        this.window = rate == 0 ? 0 : (long) (requests / rate * SECOND);
    }

    synchronized Arrival arrive() {
        long now = System.nanoTime();
        if (requests == 0) {
            return new Arrival(now, true, Map.of());
        }
        while (!granted.isEmpty() && now - granted.getFirst() >= window) {
            granted.removeFirst();
        }
        boolean free = granted.size() < requests;
        if (free) {
            granted.addLast(now);
        }
        // undocumented headers, seen by two integrators on every answer
        int seconds = (int) Math.ceil((granted.getFirst() + window - now) / SECOND);
        return new Arrival(now, free, Map.of(
                "ratelimit-policy", "\"per-second\"; q=%d; w=%d".formatted(requests, (int) Math.ceil(window / SECOND)),
                "ratelimit", "\"per-second\"; r=%d; t=%d".formatted(requests - granted.size(), seconds)));
    }

    /** When a request came, whether it may pass, and the headers of its answer. */
    record Arrival(long nanos, boolean granted, Map<String, String> headers) {
    }
}
