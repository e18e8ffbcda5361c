package org.openphoneimport.openphone;

import java.time.Duration;

/** Nothing was sent, and nothing should be for a while: the work goes back to where it came from, no harm done. */
public sealed class NotNowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private NotNowException(String what) {
        super(what);
    }

    /** The run is paused or has ended. */
    public static final class RunStopped extends NotNowException {
        private static final long serialVersionUID = 1;

        public RunStopped(String status) {
            super("The run is " + status);
        }
    }

    /** OpenPhone asked for a wait that is too long to sleep through. */
    public static final class Blocked extends NotNowException {
        private static final long serialVersionUID = 1;

        private final Duration wait;

        Blocked(Duration wait) {
            super("OpenPhone asked to wait for " + wait.toSeconds() + " s");
            this.wait = wait;
        }

        /** How long no request may be sent. */
        public Duration remaining() {
            return wait;
        }
    }

    /** OpenPhone has not answered for a while: the circuit breaker is open. */
    public static final class Away extends NotNowException {
        private static final long serialVersionUID = 1;

        Away(String outage) {
            super(outage);
        }
    }

    /** The time limit is too near to wait for a slot. */
    public static final class OutOfTime extends NotNowException {
        private static final long serialVersionUID = 1;

        public OutOfTime() {
            super("No request could be sent before the time limit");
        }
    }
}
