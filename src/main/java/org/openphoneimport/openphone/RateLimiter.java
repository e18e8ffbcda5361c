package org.openphoneimport.openphone;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Spaces the requests of all workers evenly. The row in Postgres decides (see {@link RequestSlots}); here few threads
 * of a process ask it at a time, since the others could only be told to ask again, and sleep until the slots they were given.
 * What comes late to OpenPhone is told to the row, or eleven requests could come within a second of which ten were granted.
 */
@ApplicationScoped
class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    private static final Duration NAP = Duration.ofSeconds(1);

    // One would do beside its database; two keep up with the rate where an answer takes a tenth of a second.
    private static final int ASKING = 2;

    /** Nothing is nearer than this: what comes sooner has not been sent at all. */
    private static final long NEAR = Duration.ofMillis(1).toNanos();

    /** How late a request may be expected to come: the first of a process does, since much is loaded to send it. */
    private static final long LATEST = Duration.ofSeconds(2).toNanos();

    /** What is later than this may be known too late. */
    private static final long STALL = Duration.ofMillis(200).toNanos();

    private final RequestSlots slots;
    private final OpenPhoneConfig config;
    private final Clock clock;
    private final Semaphore questions = new Semaphore(ASKING, true);
    /** What an answer of the row takes if nothing holds it up, in ns; it grows slowly where the database has moved away. */
    private final AtomicLong distance = new AtomicLong(Long.MAX_VALUE / 2);
    /**
     * What an answer of OpenPhone takes if nothing holds it up, in ns. The first come from a cold process, and count as late.
     */
    private final AtomicLong answerTime = new AtomicLong(NEAR);
    /** How late the next request is expected to come, in ns: half as late as the one before it was expected, or as that was. */
    private volatile long expected = LATEST;
    /** Whether there was a 429 after the last slot was granted: those who sleep on theirs ask anew. */
    private volatile boolean blocked;

    RateLimiter(RequestSlots slots, OpenPhoneConfig config, Clock clock) {
        this.slots = slots;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Returns when a request may be sent, at once. When its answer is there, {@link #answered} wants to know.
     *
     * @param provenKey whether the key must have been shown to be this workspace's
     * @return null when that has to be shown first; nothing may be sent then
     */
    @Nullable
    Turn await(Caller caller, boolean provenKey) {
        while (true) {
            var turn = nextSlot(caller, provenKey);
            if (turn == null) {
                return null;
            }
            sleepUntil(turn.at());
            // A stalled process would send a bunch at once: a slot that was slept through is given up, the next one taken.
            if (System.nanoTime() - turn.due() <= tolerance(turn) && !blocked) {
                rest(turn);
                return turn;
            }
        }
    }

    /** While a process is starting, or is kept from working, it tells that a request will be late before it is. */
    private void rest(Turn turn) {
        var token = turn.token();
        long late = expected;
        if (token != null && late > STALL) {
            delay(token, token.cooldown().plusNanos(late));
        }
    }

    /**
     * The request of this turn was answered, or never will be. OpenPhone does not tell when it came: what its answer took
     * longer than others may have been its way there, so that counts as late.
     */
    void answered(Turn turn) {
        long answered = System.nanoTime();
        long usual = shortest(answerTime, answered - turn.due(), 32);
        long late = answered - usual - turn.due();
        expected = Math.min(LATEST, Math.max(late, expected / 2));
        var token = turn.token();
        if (token != null && late > token.slack().toNanos()) {
            delay(token, token.cooldown().minusNanos(usual));
        }
    }

    /** OpenPhone answered the request of this turn otherwise than with a 429. */
    void letThrough(Turn turn) {
        var probe = turn.probe();
        if (probe != null) {
            tell(() -> slots.letThrough(probe));
        }
    }

    private void delay(RequestSlots.Token token, Duration freeIn) {
        tell(() -> slots.delay(token, freeIn));
    }

    /** While the row cannot be told, it grants no slot either; the answer counts all the same. */
    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.debugf(e, "Could not tell the limiter what became of a request");
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

    private @Nullable Turn nextSlot(Caller caller, boolean provenKey) {
        questions.acquireUninterruptibly();
        try {
            while (true) {
                if (!clock.instant().isBefore(caller.deadline())) {
                    throw new NotNowException.OutOfTime();
                }
                long asked = System.nanoTime();
                switch (slots.take(caller.runId(), provenKey)) {
                    case RequestSlots.Slot.In slot -> {
                        blocked = false;
                        return turn(asked, System.nanoTime(), slot);
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
            questions.release();
        }
    }

    /**
     * The row counts the wait from some moment between question and answer. Counted from the answer nothing is sent too early;
     * how late that is is counted from the question, since it may be the answer that was held up.
     */
    private Turn turn(long asked, long answered, RequestSlots.Slot.In slot) {
        long usual = shortest(distance, answered - asked, 8);
        long wait = slot.time().toNanos();
        return new Turn(answered + wait, asked + usual + wait, slot.token(), slot.probe());
    }

    private long tolerance(Turn turn) {
        // Without a limit there is no next slot to come close to.
        return turn.token() == null ? Duration.ofHours(1).toNanos() : config.slotTolerance().toNanos();
    }

    /** What it takes if nothing holds it up, now that it has taken so long: it grows by a small part of itself each time. */
    private static long shortest(AtomicLong known, long taken, int part) {
        return known.accumulateAndGet(Math.max(NEAR, taken), (before, now) -> Math.min(now, before + before / part));
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
     * A slot, in times of {@link System#nanoTime()}.
     *
     * @param at when to send
     * @param due when that would have been if the row's answer had not been held up
     * @param token null without a limit
     * @param probe as in {@link RequestSlots.Slot.In}
     */
    record Turn(long at, long due, RequestSlots.@Nullable Token token, @Nullable Long probe) {
    }
}
