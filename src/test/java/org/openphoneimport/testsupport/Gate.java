package org.openphoneimport.testsupport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.SampleRequest;

/** Holds back the answers to certain requests until a test opens it, or for as long as clients have patience. */
public final class Gate implements Interceptor {

    // Less than the tests' timeout of a request.
    private static final long PATIENCE_MILLIS = 2_800;

    private final Predicate<SampleRequest> holds;
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param holds which requests wait */
    public Gate(Predicate<SampleRequest> holds) {
        this.holds = holds;
    }

    /** One that holds back the requests of a template, such as {@code /v1/messages}. */
    public static Gate of(String template) {
        return new Gate(request -> request.template().equals(template));
    }

    /** Whether somebody waits for an answer. */
    public boolean isWaitedAt() {
        return waiting.get() > 0;
    }

    /** Lets everything through from now on. */
    public void open() {
        open.countDown();
    }

    @Override
    public Fault intercept(SampleRequest request) {
        if (holds.test(request)) {
            waiting.incrementAndGet();
            try {
                // Who waits longer gets the answer all the same: a test that is late must not hang.
                if (!open.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return Fault.none();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.decrementAndGet();
            }
        }
        return Fault.none();
    }
}
