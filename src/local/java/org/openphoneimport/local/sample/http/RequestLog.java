package org.openphoneimport.local.sample.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every request a server was asked, oldest first; of more than 200,000 the oldest are forgotten. */
public final class RequestLog {

    private static final int CAPACITY = 200_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();
    private final Map<String, Integer> attempts = new HashMap<>();

    synchronized void add(LoggedRequest request) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized int attempt(LoggedRequest request) {
        return attempts.merge(request.method() + " " + request.path() + "?" + request.query(), 1, Integer::sum);
    }

    /** Returns the requests there are now. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** Forgets all requests, and counts attempts anew. */
    public synchronized void reset() {
        requests.clear();
        attempts.clear();
    }

    /** Returns the number of requests. */
    public synchronized int count() {
        return requests.size();
    }

    /** Returns the number of requests of which that is true. */
    public int count(Predicate<LoggedRequest> condition) {
        return (int) all().stream().filter(condition).count();
    }

    /** Returns the number of requests for that path template, for example {@code /v1/messages}, of any method and status. */
    public int count(String template) {
        return count(request -> request.template().equals(template));
    }

    /** Returns the number of answers with that status. */
    public int countStatus(int status) {
        return count(request -> request.status() == status);
    }

    /** Returns the number of requests by path template. */
    public Map<String, Long> countByTemplate() {
        return all().stream().collect(Collectors.groupingBy(LoggedRequest::template, Collectors.counting()));
    }

    /** Returns how many requests, refused ones included, arrived within the busiest second, wherever that begins. */
    public int busiestSecond() {
        return busiestSecond(request -> true);
    }

    /** Returns how many requests of which that is true arrived within the busiest second, wherever that begins. */
    public int busiestSecond(Predicate<LoggedRequest> condition) {
        // sorted as differences, since nanoTime may be negative and may wrap around
        var arrivals = all().stream().filter(condition).map(LoggedRequest::nanos)
                .sorted((a, b) -> Long.signum(a - b)).mapToLong(Long::longValue).toArray();
        int busiest = 0;
        for (int first = 0, last = 0; last < arrivals.length; last++) {
            while (arrivals[last] - arrivals[first] >= SECOND) {
                first++;
            }
            busiest = Math.max(busiest, last - first + 1);
        }
        return busiest;
    }
}
