package org.openphoneimport.media;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Ends what takes too long, even if it hangs in a blocking call. */
final class Alarm implements AutoCloseable {

    private final long end;
    private final Thread watchman;
    private long next;
    private @Nullable Runnable action;
    private volatile boolean rung;

    /** @param limit for everything together */
    Alarm(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
        this.next = end;
        this.watchman = Thread.ofVirtual().name("media-alarm").start(this::watch);
    }

    /** Rings after some time, if not in the end before. */
    synchronized void in(Duration time, Runnable ring) {
        long at = System.nanoTime() + time.toNanos();
        next = at - end < 0 ? at : end;
        action = ring;
        notifyAll();
    }

    /** Rings at the end of the time that everything may take together. */
    synchronized void inTheEnd(Runnable ring) {
        next = end;
        action = ring;
        notifyAll();
    }

    /** Whether it has ended something. */
    boolean hasRung() {
        return rung;
    }

    private synchronized void watch() {
        try {
            while (!rung) {
                long nanos = next - System.nanoTime();
                if (nanos <= 0) {
                    rung = true;
                    ring();
                } else {
                    wait(nanos / 1_000_000 + 1);
                }
            }
        } catch (InterruptedException e) {
            // Closed: nothing is left to end.
            Thread.currentThread().interrupt();
        }
    }

    private void ring() {
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void close() {
        watchman.interrupt();
    }
}
