package org.openphoneimport.openphone;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Without a limit the row has nothing to decide but whether a run goes on and whether OpenPhone has asked to wait: its answer
 * holds for a moment, far shorter than slots are granted ahead where there is a limit.
 */
final class Unlimited {

    private static final long MOMENT = Duration.ofMillis(50).toNanos();

    private final boolean applies;
    /** When the moment of each run ends, under the key that was shown to be this workspace's. */
    private final Map<Sender, Long> ends = new ConcurrentHashMap<>();
    private final AtomicInteger uncounted = new AtomicInteger();

    Unlimited(OpenPhoneConfig config) {
        this.applies = config.rate() == 0;
    }

    private record Sender(String keyHash, UUID run) {
    }

    /** Whether a request of this run may be sent under this key without asking the row. */
    boolean isFree(String keyHash, @Nullable UUID run) {
        if (!applies || run == null) {
            return false;
        }
        var end = ends.get(new Sender(keyHash, run));
        if (end == null || System.nanoTime() - end >= 0) {
            return false;
        }
        uncounted.incrementAndGet();
        return true;
    }

    /** The row has let a request of this run pass. */
    void begin(String keyHash, @Nullable UUID run) {
        if (applies && run != null) {
            ends.put(new Sender(keyHash, run), System.nanoTime() + MOMENT);
        }
    }

    /** OpenPhone has refused a request. */
    void end() {
        ends.clear();
    }

    /** Takes the number of requests that the row does not know of. */
    int takeUncounted() {
        return uncounted.getAndSet(0);
    }

    /** The row has not counted them. */
    void giveBack(int requests) {
        uncounted.addAndGet(requests);
    }
}
