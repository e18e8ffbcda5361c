package org.openphoneimport.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;

/** Invokes keep-runs some times a second, since tests would mostly wait for its minute; Quarkus' scheduler can do it once. */
@ApplicationScoped
class FrequentKeeping {

    private static final Logger LOG = Logger.getLogger(FrequentKeeping.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final LocalFunctions functions;
    private final Scheduler scheduler;
    private volatile boolean ended;

    FrequentKeeping(LocalFunctions functions, Scheduler scheduler) {
        this.functions = functions;
        this.scheduler = scheduler;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().daemon().name("keep-runs").start(this::keep);
    }

    void stop(@Observes ShutdownEvent event) {
        ended = true;
    }

    /** Unless a test has paused the scheduler. */
    private void keep() {
        while (!ended) {
            try {
                Thread.sleep(PAUSE);
                if (scheduler.isRunning()) {
                    var handler = functions.find("keep-runs").orElseThrow();
                    functions.invoke("keep-runs", functions.read(handler, "{}".getBytes(StandardCharsets.UTF_8)));
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                LOG.debugf(e, "keep-runs failed");
            }
        }
    }
}
