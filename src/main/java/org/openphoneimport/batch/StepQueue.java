package org.openphoneimport.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Where readers leave their steps and one thread gathers them, so that small conversations share a transaction. A page of a
 * long
 * conversation is stored at once, and its reader waits for that: what has been stored is never asked for again.
 */
final class StepQueue {

    private static final Entry READER_ENDED = new Entry(null);

    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final int together;
    private final Duration linger;

    /**
     * @param together steps that share a transaction
     * @param linger the longest that a step waits for others
     */
    StepQueue(int together, Duration linger) {
        this.together = together;
        this.linger = linger;
    }

    /** Leaves a step; returns once it has been stored, if it is not the conversation's last. */
    void put(Step step) {
        var entry = new Entry(step);
        entries.add(entry);
        if (!step.isLast()) {
            entry.stored.join();
        }
    }

    /** Each reader calls this once, when it will put no more steps. */
    void readerEnded() {
        entries.add(READER_ENDED);
    }

    /**
     * Stores what comes, until all readers have ended.
     *
     * @param store stores steps together; false when that makes no sense any more
     * @return how many steps were stored
     */
    int drain(int readers, Predicate<List<Step>> store) {
        int open = readers;
        int stored = 0;
        long due = Long.MAX_VALUE;
        var gathered = new ArrayList<Entry>();
        try {
            while (open > 0 || !gathered.isEmpty()) {
                var entry = open > 0 ? next(gathered.isEmpty() ? Long.MAX_VALUE : due - System.nanoTime()) : null;
                if (entry == READER_ENDED) {
                    open--;
                } else if (entry != null) {
                    due = gathered.isEmpty() ? System.nanoTime() + linger.toNanos() : due;
                    gathered.add(entry);
                }
                if (entry == null || gathered.size() >= together || entry.isAwaited()) {
                    stored += store(gathered, store);
                    gathered.clear();
                }
            }
            return stored;
        } finally {
            // Whoever still waits for a step to be stored, waits in vain.
            gathered.forEach(entry -> entry.stored.cancel(false));
            giveUp(open);
        }
    }

    private int store(List<Entry> gathered, Predicate<List<Step>> store) {
        var steps = gathered.stream().map(entry -> entry.step).toList();
        if (steps.isEmpty()) {
            return 0;
        }
        boolean stored = store.test(steps);
        gathered.forEach(entry -> {
            if (stored) {
                entry.stored.complete(null);
            } else {
                entry.stored.cancel(false);
            }
        });
        return stored ? steps.size() : 0;
    }

    private void giveUp(int readers) {
        int open = readers;
        while (open > 0) {
            var entry = next(Long.MAX_VALUE);
            if (entry == READER_ENDED) {
                open--;
            } else if (entry != null) {
                entry.stored.cancel(false);
            }
        }
    }

    private @Nullable Entry next(long nanos) {
        try {
            return entries.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while steps were being stored", e);
        }
    }

    private static final class Entry {

        private final @Nullable Step step;
        private final CompletableFuture<@Nullable Void> stored = new CompletableFuture<>();

        Entry(@Nullable Step step) {
            this.step = step;
        }

        boolean isAwaited() {
            return step != null && !step.isLast();
        }
    }
}
