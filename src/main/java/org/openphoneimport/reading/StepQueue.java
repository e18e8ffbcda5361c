package org.openphoneimport.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Where readers leave their steps and one thread gathers them, so that small conversations share a transaction. A page of a
 * long conversation is stored at once, and its reader waits for that: what has been stored is never asked for again.
 */
public final class StepQueue {

    private static final Entry READER_ENDED = new Entry(null);

    // How often the gathering thread looks up from its queue.
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final int together;
    private final Duration linger;

    /**
     * @param together steps that share a transaction
     * @param linger the longest that a step waits for others
     */
    public StepQueue(int together, Duration linger) {
        this.together = together;
        this.linger = linger;
    }

    /** What the gathering thread does with steps. */
    public interface Keeper {

        /** Stores steps together; returns those that were stored, none when that makes no sense any more. */
        List<Step> store(List<Step> steps);

        /** Is called every second or so, also when there is nothing to store. */
        default void beat() {
        }
    }

    /**
     * Leaves a step; returns once it has been stored, if it is not its item's last.
     *
     * @throws CancellationException when it was not stored: the thread that stores knows why
     */
    public void put(Step step) {
        var entry = new Entry(step);
        entries.add(entry);
        if (!step.isLast()) {
            entry.stored.join();
        }
    }

    /** Each reader calls this once, when it will put no more steps. */
    public void readerEnded() {
        entries.add(READER_ENDED);
    }

    /**
     * Stores what comes, until all readers have ended.
     *
     * @return how many steps were stored
     */
    public int drain(int readers, Keeper keeper) {
        int open = readers;
        int stored = 0;
        // The first step is stored at once: it proves that the batch does not kill its workers.
        var patience = Duration.ZERO;
        long due = Long.MAX_VALUE;
        var gathered = new ArrayList<Entry>();
        try {
            while (open > 0 || !gathered.isEmpty()) {
                var entry = open > 0 ? next(BEAT) : null;
                keeper.beat();
                if (entry == READER_ENDED) {
                    open--;
                } else if (entry != null) {
                    due = gathered.isEmpty() ? System.nanoTime() + patience.toNanos() : due;
                    gathered.add(entry);
                }
                boolean full = gathered.size() >= together || (entry != null && entry.isAwaited());
                if (!gathered.isEmpty() && (full || open == 0 || System.nanoTime() >= due)) {
                    stored += store(gathered, keeper);
                    gathered.clear();
                    patience = linger;
                }
            }
            return stored;
        } finally {
            // Readers that still wait for a step to be stored, wait in vain.
            gathered.forEach(entry -> entry.stored.cancel(false));
            giveUp(open);
        }
    }

    private static int store(List<Entry> gathered, Keeper keeper) {
        var steps = new ArrayList<Step>();
        gathered.forEach(entry -> {
            if (entry.step != null) {
                steps.add(entry.step);
            }
        });
        var stored = Collections.<Step> newSetFromMap(new IdentityHashMap<>());
        stored.addAll(keeper.store(steps));
        gathered.forEach(entry -> {
            if (entry.step != null && stored.contains(entry.step)) {
                entry.stored.complete(null);
            } else {
                entry.stored.cancel(false);
            }
        });
        return stored.size();
    }

    private void giveUp(int readers) {
        int open = readers;
        while (open > 0 && !Thread.currentThread().isInterrupted()) {
            var entry = next(BEAT);
            if (entry == READER_ENDED) {
                open--;
            } else if (entry != null) {
                entry.stored.cancel(false);
            }
        }
    }

    private @Nullable Entry next(Duration patience) {
        try {
            return entries.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
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
