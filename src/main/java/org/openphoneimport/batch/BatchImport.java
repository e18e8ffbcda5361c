package org.openphoneimport.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Answering;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.reading.Chunk;
import org.openphoneimport.reading.ChunkQueue;
import org.openphoneimport.reading.ChunkStore;
import org.openphoneimport.reading.ItemReader;
import org.openphoneimport.reading.OpenItem;
import org.openphoneimport.reading.Unanswered;
import org.openphoneimport.run.ImportConfig;

/** Imports what a claimed batch holds, several items at a time, until all are read or there is a reason to stop. */
@ApplicationScoped
class BatchImport {

    private final ItemReader reader;
    private final ChunkStore store;
    private final Batches batches;
    private final StopPolicy interruption;
    private final OutageProbe outage;
    private final ImportConfig config;
    private final Clock clock;

    BatchImport(ItemReader reader, ChunkStore store, Batches batches, StopPolicy interruption, OutageProbe outage,
            ImportConfig config, Clock clock) {
        this.reader = reader;
        this.store = store;
        this.batches = batches;
        this.interruption = interruption;
        this.outage = outage;
        this.config = config;
        this.clock = clock;
    }

    Outcome run(BatchClaim.Held claim, Caller caller) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var delivery = new Delivery(claim, caller, threads);
            claim.items().forEach(item -> threads.execute(() -> delivery.read(item)));
            delivery.stored = delivery.chunks.drain(claim.items().size(), delivery);
            return delivery.outcome();
        }
    }

    /** One delivery of a batch. */
    private final class Delivery implements ChunkQueue.Sink {

        private final BatchClaim.Held claim;
        private final Caller caller;
        private final ExecutorService threads;
        private final Semaphore turns = new Semaphore(config.readers(), true);
        private final ChunkQueue chunks = new ChunkQueue(config.conversationsPerTransaction(), config.longestLinger());
        private final Queue<Unanswered> unanswered = new ConcurrentLinkedQueue<>();
        /** Why reading stopped, whatever is still open. */
        private final AtomicReference<@Nullable RuntimeException> stop = new AtomicReference<>();
        private Instant renewed = clock.instant();
        private volatile boolean lost;
        private volatile boolean someLeft;
        private int stored;

        Delivery(BatchClaim.Held claim, Caller caller, ExecutorService threads) {
            this.claim = claim;
            this.caller = caller;
            this.threads = threads;
        }

        void read(OpenItem item) {
            try {
                turns.acquire();
                try {
                    if (unanswered.size() >= config.readers()) {
                        // All of them may be like these, and there must be time left to find out what that means.
                        someLeft = true;
                    } else if (stop.get() == null && !lost) {
                        reader.read(caller, item, chunks::put).ifPresent(this::note);
                    }
                } finally {
                    turns.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (CancellationException e) {
                // Its chunk was not stored, and the thread that stores has noted why.
            } catch (RuntimeException e) {
                stop.compareAndSet(null, e);
            } finally {
                chunks.readerEnded();
            }
        }

        private void note(Unanswered each) {
            unanswered.add(each);
            if (!each.askedForAll()) {
                someLeft = true;
            }
        }

        @Override
        public List<Chunk> store(List<Chunk> together) {
            try {
                return keep(() -> store.store(claim, together)).orElse(List.of());
            } catch (NotNowException.RunStopped e) {
                // Noted as the reason to stop: those who wait for their chunks stop as well.
                return List.of();
            }
        }

        /** A slow OpenPhone is no dead worker; and what is asked for when time is up would not be stored any more. */
        @Override
        public void beat() {
            var now = clock.instant();
            if (now.isAfter(caller.deadline().plus(config.grace()))
                    && stop.compareAndSet(null, new NotNowException.OutOfTime())) {
                threads.shutdownNow();
            }
            if (!lost && now.isAfter(renewed.plus(config.lease().dividedBy(3)))) {
                keep(() -> store.renew(claim) ? Optional.of(true) : Optional.empty());
            }
        }

        /** Whatever is read after this has failed would be read in vain. An empty result says that the batch is another's. */
        private <T> Optional<T> keep(Supplier<Optional<T>> work) {
            try {
                var done = work.get();
                lost |= done.isEmpty();
                renewed = clock.instant();
                return done;
            } catch (RuntimeException e) {
                stop.compareAndSet(null, e);
                throw e;
            }
        }

        Outcome outcome() {
            if (lost) {
                return new Outcome.Lost();
            }
            boolean idle = stored == 0;
            var stopped = stop.get();
            var reason = unanswered.peek();
            if (reason != null && (stopped == null || stopped instanceof NotNowException.Away
                    || stopped instanceof NotNowException.OutOfTime)) {
                return outage.unlessAway(claim, caller, idle, reason.reason(),
                        answering -> count(answering, reason.reason(), idle, stopped == null && !someLeft));
            }
            return stopped == null ? new Outcome.Finished() : interruption.outcome(claim.run(), idle, stopped);
        }

        /**
         * OpenPhone is there, but did not answer for these.
         *
         * @param all whether all others have been read
         */
        private Outcome count(Answering answering, OpenPhoneException.Unavailable reason, boolean idle, boolean all) {
            var hopeless = batches.countUnanswered(claim, unanswered.stream().map(Unanswered::item).toList(),
                    outage.tries(answering));
            List<Chunk> failed = unanswered.stream().filter(each -> hopeless.contains(each.item().id())).map(Unanswered::failed)
                    .toList();
            if (!failed.isEmpty()) {
                store(failed);
                if (lost) {
                    return new Outcome.Lost();
                }
                if (stop.get() instanceof NotNowException.RunStopped) {
                    return new Outcome.Stopped();
                }
            }
            return all && failed.size() == unanswered.size() ? new Outcome.Finished()
                    : new Outcome.Again(idle && failed.isEmpty(), config.shortestReturn(),
                            reason.outageOf("some " + claim.what()));
        }
    }
}
