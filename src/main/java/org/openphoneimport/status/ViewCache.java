package org.openphoneimport.status;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Reads once what many look at in the same moment, so that it costs the import nothing how many they are. Who comes in the
 * moment after that sees it, too, while it is read again for those who follow: of many who keep looking none waits. A moment
 * is longer for what takes long to read, so that of the database's time no more than a fifth goes for it.
 */
@ApplicationScoped
public class ViewCache {

    private static final int MOST = 100;

    /** Times as long as it took to read it, something read holds. */
    private static final int REST = 4;

    /** Moments that it holds at most, however long it took. */
    private static final int MOST_MOMENTS = 10;

    private final Map<Object, Reading> readings = new ConcurrentHashMap<>();
    private final long moment;
    private final LongSupplier nanos;

    @Inject
    ViewCache(SharedConfig config) {
        this(config, System::nanoTime);
    }

    /** @param nanos what passes for {@link System#nanoTime} */
    ViewCache(SharedConfig config, LongSupplier nanos) {
        this.moment = config.moment().toNanos();
        this.nanos = nanos;
    }

    /**
     * Reads a view, or gives what was read a moment before.
     *
     * @param what it is, to tell it from others by
     * @param view reads it; of many who ask for it one does
     */
    @SuppressWarnings("unchecked") // what is kept under a name is what was read for it
    public <T> T read(Object what, Supplier<T> view) {
        long now = nanos.getAsLong();
        if (readings.size() > MOST) {
            readings.values().removeIf(reading -> reading.age(now) >= 2 * holds(reading));
        }
        var reading = readings.compute(what, (_, known) -> known == null || known.age(now) >= 2 * holds(known)
                ? begin(view, now)
                : known);
        if (reading.age(now) > holds(reading) && reading.isFirstToFollow()) {
            Thread.startVirtualThread(() -> follow(what, reading, begin(view, now)));
        }
        return (T) reading.get();
    }

    private long holds(Reading reading) {
        return Math.max(moment, Math.min(REST * reading.took.get(), MOST_MOMENTS * moment));
    }

    private Reading begin(Supplier<?> view, long now) {
        var took = new AtomicLong();
        return new Reading(new FutureTask<>(() -> {
            long began = nanos.getAsLong();
            try {
                return view.get();
            } finally {
                took.set(nanos.getAsLong() - began);
            }
        }), now, took, new AtomicBoolean());
    }

    /** What was forgotten meanwhile stays forgotten. */
    private void follow(Object what, Reading reading, Reading next) {
        next.task.run();
        readings.replace(what, reading, next);
    }

    /** What was read no longer holds: an operator has pressed a button, and wants to see what it did. */
    void forget() {
        readings.clear();
    }

    /**
     * Something that is read, or was.
     *
     * @param began when, in nanoseconds
     * @param took for how many; 0 until it has been read
     * @param followed whether it is being read again
     */
    private record Reading(FutureTask<Object> task, long began, AtomicLong took, AtomicBoolean followed) {

        long age(long now) {
            return now - began;
        }

        boolean isFirstToFollow() {
            return followed.compareAndSet(false, true);
        }

        Object get() {
            // Of many only the first one does it.
            task.run();
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a page was read", e);
            }
        }
    }
}
