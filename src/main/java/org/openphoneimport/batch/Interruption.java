package org.openphoneimport.batch;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Runs;

/** What follows when the reading of a batch stops before its end, whatever is still open. */
@ApplicationScoped
class Interruption {

    private final Runs runs;
    private final ImportConfig config;

    Interruption(Runs runs, ImportConfig config) {
        this.runs = runs;
        this.config = config;
    }

    /**
     * Throws the reason again when it is none that can be expected.
     *
     * @param idle whether nothing was achieved before
     */
    Outcome outcome(UUID run, boolean idle, RuntimeException reason) {
        return switch (reason) {
            case NotNowException.RunStopped e -> new Outcome.Stopped();
            case NotNowException.OutOfTime e -> new Outcome.Again(idle, Duration.ZERO,
                    idle ? "Nothing could be read within the time limit" : null);
            case NotNowException.Blocked e -> new Outcome.Again(false, e.remaining(), e.getMessage());
            case NotNowException.Away e -> new Outcome.Again(idle, config.shortestReturn(), e.getMessage());
            case OpenPhoneException.KeyRefused e -> {
                runs.pauseForPerson(run, e.what() + ". " + e.advice());
                yield new Outcome.Stopped();
            }
            default -> throw reason;
        };
    }
}
