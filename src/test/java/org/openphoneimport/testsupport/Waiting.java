package org.openphoneimport.testsupport;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait for something to become true. */
public final class Waiting {

    private Waiting() {
    }

    /** Awaitility takes what any thread of the process throws for a failure of the test that waits, also another test's. */
    public static ConditionFactory await() {
        return Awaitility.await().dontCatchUncaughtExceptions();
    }
}
