package org.openphoneimport.openphone;

import java.time.Duration;

/**
 * Why work with OpenPhone stops before its end. What follows from it is each engine's own: batches go back to the queue, the
 * listing and the verification are gone on with by keep-runs.
 */
public sealed interface Stop {

    /** The run is paused or has ended. */
    record RunStopped() implements Stop {
    }

    /** The time limit of the function is near. */
    record OutOfTime() implements Stop {
    }

    /** It can be gone on with later, without a person. */
    sealed interface Wait extends Stop {

        String why();
    }

    /**
     * OpenPhone asked for a wait.
     *
     * @param atLeast how long no request may be sent
     */
    record Blocked(Duration atLeast, String why) implements Wait {
    }

    /** OpenPhone, or what lies between, does not answer. */
    record Away(String why) implements Wait {
    }

    /** OpenPhone refuses the key; a person has to see to it. */
    record KeyRefused(String why) implements Stop {
    }

    /** OpenPhone refuses what was asked, or gave something that cannot be true. */
    record Rejected(String why) implements Stop {
    }

    /**
     * What an exception stands for.
     *
     * @throws RuntimeException the reason itself, when it is none that can be expected
     */
    static Stop of(RuntimeException reason) {
        return switch (reason) {
            case NotNowException.RunStopped e -> new RunStopped();
            case NotNowException.OutOfTime e -> new OutOfTime();
            case NotNowException.Blocked e -> new Blocked(e.remaining(), String.valueOf(e.getMessage()));
            case NotNowException.Away e -> new Away(String.valueOf(e.getMessage()));
            case OpenPhoneException.Unavailable e -> new Away(String.valueOf(e.getMessage()));
            case OpenPhoneException.KeyRefused e -> new KeyRefused(e.what() + ". " + e.advice());
            case OpenPhoneException.Rejected e -> new Rejected(e.what());
            default -> throw reason;
        };
    }
}
