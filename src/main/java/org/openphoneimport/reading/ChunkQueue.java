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
 * Where readers leave their chunks and one thread gathers them, so that small conversations share a transaction. A page of a
 * long conversation is stored at once, and its reader waits for that: what has been stored is never asked for again.
 */
public final class ChunkQueue {

    private static final Entry READER_ENDED = new Entry(null);

    // How often the gathering thread looks up from its queue.
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final int together;
    private final Duration linger;
    private volatile boolean closed;

    /**
     * @param together chunks that share a transaction
     * @param linger the longest that a chunk waits for others
     */
    public ChunkQueue(int together, Duration linger) {
        this.together = together;
        this.linger = linger;
    }

    /** What the gathering thread does with chunks. */
    public interface Sink {

        /** Stores chunks together; returns those that were stored, none when that makes no sense any more. */
        List<Chunk> store(List<Chunk> chunks);

        /** Is called every second or so, also when there is nothing to store. */
        default void beat() {
        }
    }

    /**
     * Leaves a chunk; returns once it has been stored, if it is not its item's last.
     *
     * @throws CancellationException when it was not stored: the thread that stores knows why
     */
    public void put(Chunk chunk) {
        var entry = new Entry(chunk);
        entries.add(entry);
        if (closed) {
            cancelAll();
        }
        if (!chunk.isLast()) {
            entry.stored.join();
        }
    }

    /** Each reader calls this once, when it will put no more chunks. */
    public void readerEnded() {
        entries.add(READER_ENDED);
    }

    /**
     * Stores what comes, until all readers have ended.
     *
     * @return how many chunks were stored
     */
    public int drain(int readers, Sink sink) {
        int open = readers;
        int stored = 0;
        // The first chunk is stored at once: it proves that the batch does not kill its workers.
        var patience = Duration.ZERO;
        long due = Long.MAX_VALUE;
        var gathered = new ArrayList<Entry>();
        try {
            while (open > 0 || !gathered.isEmpty()) {
                var entry = open > 0 ? next(BEAT) : null;
                sink.beat();
                if (entry == READER_ENDED) {
                    open--;
                } else if (entry != null) {
                    due = gathered.isEmpty() ? System.nanoTime() + patience.toNanos() : due;
                    gathered.add(entry);
                }
                boolean full = gathered.size() >= together || (entry != null && entry.isAwaited());
                if (!gathered.isEmpty() && (full || open == 0 || System.nanoTime() >= due)) {
                    stored += store(gathered, sink);
                    gathered.clear();
                    patience = linger;
                }
            }
            return stored;
        } finally {
            // Readers that still wait for a chunk to be stored, wait in vain, and so do those that are yet to come.
            gathered.forEach(entry -> entry.stored.cancel(false));
            closed = true;
            cancelAll();
        }
    }

    private void cancelAll() {
        for (var entry = entries.poll(); entry != null; entry = entries.poll()) {
            entry.stored.cancel(false);
        }
    }

    private static int store(List<Entry> gathered, Sink sink) {
        var chunks = new ArrayList<Chunk>();
        gathered.forEach(entry -> {
            if (entry.chunk != null) {
                chunks.add(entry.chunk);
            }
        });
        var stored = Collections.<Chunk> newSetFromMap(new IdentityHashMap<>());
        stored.addAll(sink.store(chunks));
        gathered.forEach(entry -> {
            if (entry.chunk != null && stored.contains(entry.chunk)) {
                entry.stored.complete(null);
            } else {
                entry.stored.cancel(false);
            }
        });
        return stored.size();
    }

    private @Nullable Entry next(Duration patience) {
        try {
            return entries.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while chunks were being stored", e);
        }
    }

    private static final class Entry {

        private final @Nullable Chunk chunk;
        private final CompletableFuture<@Nullable Void> stored = new CompletableFuture<>();

        Entry(@Nullable Chunk chunk) {
            this.chunk = chunk;
        }

        boolean isAwaited() {
            return chunk != null && !chunk.isLast();
        }
    }
}
