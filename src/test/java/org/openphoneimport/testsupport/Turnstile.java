package org.openphoneimport.testsupport;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * Lets so many requests for messages and calls through as a test says, and asks all others to come again: a run stands where a
 * test wants it, however fast the machine is.
 */
public final class Turnstile implements Interceptor {

    private final AtomicInteger permits = new AtomicInteger();

    /** Lets so many more through. */
    public void admit(int more) {
        permits.addAndGet(more);
    }

    @Override
    public Fault intercept(SampleRequest request) {
        boolean reads = request.template().equals("/v1/messages") || request.template().equals("/v1/calls");
        if (!reads || permits.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Fault.none();
        }
        return Fault.answer(Reply.json(429, Map.of("message", "Slow down")).header("Retry-After", "1"));
    }
}
