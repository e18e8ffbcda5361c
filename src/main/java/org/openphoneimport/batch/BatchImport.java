package org.openphoneimport.batch;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;

/** Imports the conversations of a claimed batch, several at a time, until all are read or there is a reason to stop. */
@ApplicationScoped
class BatchImport {

    private final ConversationReader reader;
    private final StepStore store;
    private final Batches batches;
    private final Runs runs;
    private final OpenPhone openPhone;
    private final ImportConfig config;

    BatchImport(ConversationReader reader, StepStore store, Batches batches, Runs runs, OpenPhone openPhone,
            ImportConfig config) {
        this.reader = reader;
        this.store = store;
        this.batches = batches;
        this.runs = runs;
        this.openPhone = openPhone;
        this.config = config;
    }

    Outcome run(Claim.Held claim, Caller caller) {
        var delivery = new Delivery(claim, caller);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            claim.conversations().forEach(conversation -> threads.execute(() -> delivery.read(conversation)));
            delivery.stored = delivery.steps.drain(claim.conversations().size(), delivery::store);
        }
        return delivery.outcome();
    }

    /** One delivery of a batch. */
    private final class Delivery {

        private final Claim.Held claim;
        private final Caller caller;
        private final Semaphore places = new Semaphore(config.readers(), true);
        private final StepQueue steps = new StepQueue(config.conversationsPerTransaction(), config.longestLinger());
        private final Queue<Unanswered> unanswered = new ConcurrentLinkedQueue<>();
        /** Why reading stopped, whatever is still open. */
        private final AtomicReference<@Nullable RuntimeException> stop = new AtomicReference<>();
        private volatile boolean lost;
        private int stored;

        Delivery(Claim.Held claim, Caller caller) {
            this.claim = claim;
            this.caller = caller;
        }

        void read(OpenConversation conversation) {
            places.acquireUninterruptibly();
            try {
                if (stop.get() == null && !lost) {
                    reader.read(caller, conversation, steps::put);
                }
            } catch (OpenPhoneException.Unavailable e) {
                unanswered.add(new Unanswered(conversation, e));
            } catch (CancellationException | CompletionException e) {
                // The step could not be stored; the thread that stores knows why.
                stop.compareAndSet(null, new CancellationException("A step could not be stored"));
            } catch (RuntimeException e) {
                stop.compareAndSet(null, e);
            } finally {
                places.release();
                steps.readerEnded();
            }
        }

        boolean store(List<Step> together) {
            lost |= !store.store(claim, together);
            return !lost;
        }

        Outcome outcome() {
            if (lost) {
                return new Outcome.Lost();
            }
            boolean idle = stored == 0;
            return switch (stop.get()) {
                case null -> unanswered.isEmpty() ? new Outcome.Finished() : unanswered();
                case NotNowException.RunStopped e -> new Outcome.Stopped();
                case NotNowException.OutOfTime e -> new Outcome.Again(false, Duration.ZERO, null);
                case NotNowException.Blocked e -> new Outcome.Again(false, e.remaining(), e.getMessage());
                case NotNowException.Away e -> new Outcome.Again(idle, config.shortestReturn(), e.getMessage());
                case OpenPhoneException.KeyRefused e -> {
                    runs.change(claim.run(), RunStatus.PAUSED, e.what() + ". " + OpenPhoneException.KeyRefused.ADVICE);
                    yield new Outcome.Stopped();
                }
                case RuntimeException e -> throw e;
            };
        }

        /** Whether OpenPhone is away, or answers everything but these, shows when it is asked for something simple. */
        private Outcome unanswered() {
            boolean idle = stored == 0;
            try {
                openPhone.phoneNumbers(caller);
            } catch (OpenPhoneException | NotNowException e) {
                return new Outcome.Again(idle, config.shortestReturn(), "OpenPhone does not answer");
            }
            var hopeless = batches.countUnanswered(claim, unanswered.stream().map(Unanswered::id).toList());
            var failed = unanswered.stream().filter(each -> hopeless.contains(each.id())).map(Unanswered::failed).toList();
            if (!failed.isEmpty() && !store.store(claim, failed)) {
                return new Outcome.Lost();
            }
            return failed.size() == unanswered.size() ? new Outcome.Finished()
                    : new Outcome.Again(idle, config.shortestReturn(), "OpenPhone does not answer for some conversations");
        }
    }

    /** A conversation for which OpenPhone did not answer, however often it was asked. */
    private record Unanswered(OpenConversation conversation, OpenPhoneException.Unavailable reason) {

        String id() {
            return conversation.id();
        }

        Step failed() {
            return Step.failed(id(), conversation.place(),
                    Issue.error(conversation.place().stage().text(), "conversation", id(), reason.what(), reason.request()));
        }
    }
}
