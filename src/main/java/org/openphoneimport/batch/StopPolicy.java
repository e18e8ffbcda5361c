package org.openphoneimport.batch;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Stop;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Runs;

/** What follows when the reading of a batch stops before its end, whatever is still open. */
@ApplicationScoped
class StopPolicy {

    private final Runs runs;
    private final ImportConfig config;

    StopPolicy(Runs runs, ImportConfig config) {
        this.runs = runs;
        this.config = config;
    }

    /**
     * Throws the reason again when it is none that can be expected.
     *
     * @param idle whether nothing was achieved before
     */
    Outcome outcome(UUID run, boolean idle, RuntimeException reason) {
        return switch (Stop.of(reason)) {
            case Stop.RunStopped() -> new Outcome.Stopped();
            case Stop.OutOfTime() -> new Outcome.Again(idle, Duration.ZERO,
                    idle ? "Nothing could be read within the time limit" : null);
            case Stop.Blocked(Duration atLeast, String why) -> new Outcome.Again(false, atLeast, why);
            case Stop.Away(String why) -> new Outcome.Again(idle, config.shortestReturn(), why);
            case Stop.KeyRefused(String why) -> {
                runs.pauseForPerson(run, why);
                yield new Outcome.Stopped();
            }
            case Stop.Rejected(String why) -> throw reason;
        };
    }
}
