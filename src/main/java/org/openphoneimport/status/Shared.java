package org.openphoneimport.status;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

/** Reads once what many look at in the same moment, so that it costs the import nothing how many they are. */
@ApplicationScoped
class Shared {

    private static final int MOST = 100;

    private final Map<Object, Reading> readings = new ConcurrentHashMap<>();
    private final Duration moment;

    Shared(PageConfig config) {
        this.moment = config.moment();
    }

    /**
     * @param what it is, to tell it from others by
     * @param view reads it; of many who ask for it one does
     */
    @SuppressWarnings("unchecked") // what is kept under a name is what was read for it
    <T> T read(Object what, Supplier<T> view) {
        long now = System.nanoTime();
        if (readings.size() > MOST) {
            readings.values().removeIf(reading -> reading.isOver(now, moment));
        }
        var reading = readings.compute(what, (_, known) -> known == null || known.isOver(now, moment)
                ? new Reading(new FutureTask<>(view::get), now)
                : known);
        return (T) reading.get();
    }

    /** What was read no longer holds: somebody has pressed a button, and wants to see what it did. */
    void forget() {
        readings.clear();
    }

    private record Reading(FutureTask<Object> task, long began) {

        boolean isOver(long now, Duration moment) {
            return now - began >= moment.toNanos();
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
