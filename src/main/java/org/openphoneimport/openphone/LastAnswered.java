package org.openphoneimport.openphone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The last request of each kind that was answered, be it with a refusal. Whether OpenPhone answers that kind shows when it is
 * sent again.
 */
@ApplicationScoped
class LastAnswered {

    static final Request SIMPLE = Request.list("phone-numbers");

    private final Map<String, Request> requests = new ConcurrentHashMap<>();

    void note(Request request) {
        requests.put(request.kind(), request);
    }

    /** One of the same kind as another; the simplest of all if none but the other was answered yet. */
    Request like(OpenPhoneException.Unavailable unanswered) {
        var last = unanswered.kind == null ? null : requests.get(unanswered.kind);
        return last == null || last.toString().equals(unanswered.request()) ? SIMPLE : last;
    }
}
