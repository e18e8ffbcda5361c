package org.openphoneimport.listing;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How far back a reconciliation looks. */
@ConfigMapping(prefix = "reconciliation")
public interface ReconciliationConfig {

    /**
     * How long before the start of the last completed run the window starts. Nothing shows when a message's status changes
     * late or a transcript is ready; longer finds what came later, and reads more conversations again each day.
     */
    @WithDefault("48h")
    Duration overlap();

    /**
     * How old the last list of all conversations may be for a reconciliation to list only those that were updated since, where
     * two generations of the API say which. A list of all costs a request for 100 conversations; until it comes, conversations
     * that OpenPhone lists no more are not noticed.
     */
    @WithDefault("20h")
    Duration wholeListAge();
}
