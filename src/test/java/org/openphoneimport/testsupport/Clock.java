package org.openphoneimport.testsupport;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stops before each test that is {@link ClockStopped}, and goes on after it. */
final class Clock implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        Bench.get().stopClock();
        Bench.get().reset();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Bench.get().forgetRows();
        Bench.get().startClock();
    }
}
