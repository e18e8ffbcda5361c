package org.openphoneimport.notice;

import java.time.Duration;
import java.util.Optional;

/** When runs start automatically, where this process is what starts them: on one machine. */
public interface Schedule {

    /** The longest time from one start to the next; empty when none starts automatically. */
    Optional<Duration> period();
}
