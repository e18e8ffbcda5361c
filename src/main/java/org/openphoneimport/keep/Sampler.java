package org.openphoneimport.keep;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.run.EventLog;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Notes once a minute how far a run is and what the rate limiter did, for the page's chart, and keeps the log bounded. */
@ApplicationScoped
class Sampler {

    // At a sample a minute and some lines a batch: days of a run.
    private static final int LINES = 10_000;

    private final EventLog events;

    Sampler(EventLog events) {
        this.events = events;
    }

    void sample(UUID run) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (events.addSample(run)) {
                events.prune(run, LINES);
            }
        });
    }
}
