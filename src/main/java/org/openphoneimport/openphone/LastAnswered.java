package org.openphoneimport.openphone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * The last request of each kind that was answered. Whether OpenPhone is there, be it only for that kind, shows when it is sent
 * again.
 */
@ApplicationScoped
class LastAnswered {

    private static final Request SIMPLE = Request.list("phone-numbers");

    private final Map<String, Request> requests = new ConcurrentHashMap<>();

    void note(Request request) {
        requests.put(request.kind(), request);
    }

    /** One of that kind; the simplest of all if none was answered yet. */
    Request of(@Nullable String kind) {
        return kind == null ? SIMPLE : requests.getOrDefault(kind, SIMPLE);
    }
}
