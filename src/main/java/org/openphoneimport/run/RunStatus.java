package org.openphoneimport.run;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a run stands. */
public enum RunStatus {
    /** Accepted; nothing has been listed. */
    PENDING,
    /** Listing or importing. */
    RUNNING,
    /** An operator, or a refused key, stopped it for now. */
    PAUSED,
    /** All was imported; it is being verified. */
    VERIFYING,
    /** Imported and verified: nothing is missing or different. */
    COMPLETED,
    /** Something is missing. It can be retried for just that. */
    FAILED,
    /** An operator gave it up. */
    CANCELLED;

    /** All changes that are allowed. */
    private static final Map<RunStatus, Set<RunStatus>> CHANGES = new EnumMap<>(Map.of(
            PENDING, Set.of(RUNNING, FAILED, CANCELLED),
            RUNNING, Set.of(PAUSED, VERIFYING, FAILED, CANCELLED),
            PAUSED, Set.of(RUNNING, CANCELLED),
            VERIFYING, Set.of(RUNNING, COMPLETED, FAILED, CANCELLED),
            COMPLETED, Set.of(RUNNING),
            FAILED, Set.of(RUNNING),
            CANCELLED, Set.of()));

    /** Whether a run in this state keeps others from starting. */
    public boolean isActive() {
        return this == PENDING || this == RUNNING || this == PAUSED || this == VERIFYING;
    }

    /** The states from which a run may change into this one. */
    public Set<RunStatus> predecessors() {
        return Arrays.stream(values())
                .filter(status -> CHANGES.getOrDefault(status, Set.of()).contains(this))
                .collect(Collectors.toSet());
    }

    /** As in the table and in JSON: {@code running}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
