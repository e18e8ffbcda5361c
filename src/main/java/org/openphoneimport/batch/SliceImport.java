package org.openphoneimport.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.reading.Claim;
import org.openphoneimport.reading.SliceReader;
import org.openphoneimport.reading.SliceReading;
import org.openphoneimport.reading.SliceTransaction;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;

/** Imports a claimed slice of time, page by page, until all is read or there is a reason to stop. */
@ApplicationScoped
class SliceImport {

    // How often the waiting thread looks up.
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final SliceReader reader;
    private final SliceTransaction transaction;
    private final SliceEnd end;
    private final Interruption interruption;
    private final OutageCheck outage;
    private final ImportConfig config;
    private final Clock clock;

    SliceImport(SliceReader reader, SliceTransaction transaction, SliceEnd end, Interruption interruption, OutageCheck outage,
            ImportConfig config, Clock clock) {
        this.reader = reader;
        this.transaction = transaction;
        this.end = end;
        this.interruption = interruption;
        this.outage = outage;
        this.config = config;
        this.clock = clock;
    }

    Outcome run(Claim.Slice claim, Caller caller) {
        var reading = new SliceReading(claim.range(), claim.place());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = threads.submit(() -> reader.read(claim, caller, reading));
            SliceReader.End ended;
            try {
                ended = await(claim, caller, read);
            } finally {
                // Whatever is read after this would be read in vain.
                read.cancel(true);
            }
            return conclude(claim, caller, reading, ended);
        } catch (RuntimeException e) {
            return interruption.outcome(claim.run(), reading.isIdle(), e);
        }
    }

    /** A slow OpenPhone is no dead worker; and what is asked for when time is up would not be stored any more. */
    private SliceReader.End await(Claim.Slice claim, Caller caller, Future<SliceReader.End> read) {
        Instant renewed = clock.instant();
        while (true) {
            try {
                return read.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                var now = clock.instant();
                if (now.isAfter(caller.deadline().plus(config.grace()))) {
                    throw new NotNowException.OutOfTime();
                }
                if (now.isAfter(renewed.plus(config.lease().dividedBy(3)))) {
                    if (!transaction.renew(claim)) {
                        return new SliceReader.End.Lost();
                    }
                    renewed = now;
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException reason) {
                    throw reason;
                }
                throw new IllegalStateException("Failed to read a slice: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotNowException.OutOfTime();
            }
        }
    }

    private Outcome conclude(Claim.Slice claim, Caller caller, SliceReading reading, SliceReader.End read) {
        return switch (read) {
            case SliceReader.End.All() -> new Outcome.Finished();
            case SliceReader.End.Lost() -> new Outcome.Lost();
            case SliceReader.End.Refused(Issue issue) -> fail(claim, issue);
            case SliceReader.End.Unanswered(Issue issue, OpenPhoneException.Unavailable reason) ->
                outage.unlessAway(claim, caller, reading.isIdle(), reason,
                        answering -> count(claim, reading, issue, reason, outage.tries(answering)));
        };
    }

    /** OpenPhone is there, but did not answer for these. */
    private Outcome count(Claim.Slice claim, SliceReading reading, Issue issue, OpenPhoneException.Unavailable reason,
            int max) {
        return transaction.countUnanswered(claim) >= max ? fail(claim, issue)
                : new Outcome.Again(reading.isIdle(), config.shortestReturn(), reason.outageOf("some times"));
    }

    private Outcome fail(Claim.Slice claim, Issue issue) {
        end.fail(claim, issue);
        return new Outcome.Finished();
    }
}
