package org.openphoneimport.testsupport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * Holds back one answer, as it was when it was asked for, until a test releases it, or for as long as clients have patience.
 */
public final class HeldAnswer implements Interceptor {

    // Less than the tests' timeout of a request.
    private static final long PATIENCE_MILLIS = 2_800;

    private final Predicate<SampleRequest> which;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param which the first request like this is held */
    public HeldAnswer(Predicate<SampleRequest> which) {
        this.which = which;
    }

    /** Whether somebody waits for the answer. */
    public boolean isHeld() {
        return held.getCount() == 0;
    }

    /** Lets the answer through. */
    public void release() {
        released.countDown();
    }

    @Override
    public Fault intercept(SampleRequest request) {
        if (!which.test(request) || !taken.compareAndSet(false, true)) {
            return Fault.none();
        }
        return Fault.changed(answer -> {
            held.countDown();
            try {
                if (!released.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    // A test that is late must not hang.
                    return answer;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        });
    }
}
