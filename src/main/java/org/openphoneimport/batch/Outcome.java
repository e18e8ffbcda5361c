package org.openphoneimport.batch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** How a delivery of a batch ended. */
sealed interface Outcome {

    /** Everything has been read, or is an error by now. */
    record Finished() implements Outcome {
    }

    /** It is another worker's by now. */
    record Lost() implements Outcome {
    }

    /**
     * It is to be delivered again.
     *
     * @param idle whether nothing was achieved: then the delay grows
     * @param delay until then, at least
     * @param why it waits, for the page; null when it just goes on
     */
    record Again(boolean idle, Duration delay, @Nullable String why) implements Outcome {
    }

    /** Its run is paused or over: it is not delivered again until the run is resumed. */
    record Stopped() implements Outcome {
    }
}
