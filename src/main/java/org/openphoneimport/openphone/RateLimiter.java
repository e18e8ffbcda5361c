package org.openphoneimport.openphone;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * Spaces the requests of all workers evenly. The row in Postgres decides (see {@link RequestSlots}); here few threads
 * of a process ask it at a time, since the others could only be told to ask again, and sleep until the slots they were given.
 */
@ApplicationScoped
class RateLimiter {

    private static final Duration NAP = Duration.ofSeconds(1);

    // One would do beside its database; two keep up with the rate where an answer takes a tenth of a second.
    private static final int ASKING = 2;

    private final RequestSlots slots;
    private final OpenPhoneConfig config;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(ASKING, true);
    /** What an answer of the row takes if nothing holds it up, in ns; it grows slowly where the database has moved away. */
    private final AtomicLong distance = new AtomicLong(Long.MAX_VALUE / 2);
    /** Whether there was a 429 after the last slot was granted: those who sleep on theirs ask anew. */
    private volatile boolean blocked;

    RateLimiter(RequestSlots slots, OpenPhoneConfig config, Clock clock) {
        this.slots = slots;
        this.config = config;
        this.clock = clock;
    }

    /** Returns when a request may be sent, at once, under whatever key there is. */
    void await(Caller caller) {
        await(caller, false);
    }

    /**
     * Returns when a request may be sent, at once.
     *
     * @param provenKey whether the key must have been shown to be this workspace's
     * @return false when that has to be shown first; nothing may be sent then
     */
    boolean await(Caller caller, boolean provenKey) {
        while (true) {
            var granted = nextSlot(caller, provenKey);
            if (granted == null) {
                return false;
            }
            sleepUntil(granted.at());
            // A stalled process would send a bunch at once: a slot that was slept through is given up, the next one taken.
            if (System.nanoTime() - granted.until() <= 0 && !blocked) {
                return true;
            }
        }
    }

    /** Everybody waits for so long; without a time for as long as the number of 429s in a row suggests. */
    void block(Duration wait) {
        slots.block(wait.compareTo(config.longestBlock()) < 0 ? wait : config.longestBlock());
        blocked = true;
    }

    void block() {
        slots.block();
        blocked = true;
    }

    private @Nullable Granted nextSlot(Caller caller, boolean provenKey) {
        turn.acquireUninterruptibly();
        try {
            while (true) {
                if (!clock.instant().isBefore(caller.deadline())) {
                    throw new NotNowException.OutOfTime();
                }
                long asked = System.nanoTime();
                switch (slots.take(caller.runId(), provenKey)) {
                    case RequestSlots.Slot.In(Duration wait) -> {
                        blocked = false;
                        return granted(asked, System.nanoTime(), wait.toNanos());
                    }
                    case RequestSlots.Slot.KeyUnproven() -> {
                        return null;
                    }
                    case RequestSlots.Slot.AskAgain(Duration after) -> sleepUntil(asked + after.toNanos());
                    case RequestSlots.Slot.Blocked(Duration wait) -> sitOut(wait);
                    case RequestSlots.Slot.RunStopped(String status) -> throw new NotNowException.RunStopped(status);
                }
            }
        } finally {
            turn.release();
        }
    }

    /**
     * The row counts the wait from some moment between question and answer. Counted from the answer nothing is sent too early;
     * how late that may be is counted from the question, since it may be the answer that was held up.
     */
    private Granted granted(long asked, long answered, long wait) {
        long usual = distance.accumulateAndGet(answered - asked, (before, now) -> Math.min(now, before + before / 8));
        // Without a limit there is no next slot to come close to.
        long tolerance = config.rate() == 0 ? Duration.ofHours(1).toNanos() : config.slotTolerance().toNanos();
        return new Granted(answered + wait, asked + usual + wait + tolerance);
    }

    private void sitOut(Duration wait) {
        if (wait.compareTo(config.patience()) > 0) {
            throw new NotNowException.Blocked(wait);
        }
        // Short naps: the run may be paused meanwhile.
        sleepUntil(System.nanoTime() + (wait.compareTo(NAP) < 0 ? wait : NAP).toNanos());
    }

    private static void sleepUntil(long nanoTime) {
        long nanos = nanoTime - System.nanoTime();
        if (nanos <= 0) {
            return;
        }
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotNowException.OutOfTime();
        }
    }

    /**
     * When to send, by {@link System#nanoTime()}.
     *
     * @param at not before
     * @param until not after: too close to the next slot
     */
    private record Granted(long at, long until) {
    }
}
