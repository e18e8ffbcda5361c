package org.openphoneimport.testsupport;

import jakarta.enterprise.inject.spi.CDI;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.scheduler.Scheduler;

/** Stops before each test that is {@link ClockStopped}, and goes on after it. */
final class Clock implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        scheduler().pause();
        Bench.get().reset();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Bench.get().forgetRows();
        scheduler().resume();
    }

    private static Scheduler scheduler() {
        return CDI.current().select(Scheduler.class).get();
    }
}
