package org.openphoneimport.checklist;

import java.util.UUID;

import org.openphoneimport.run.Run;

/** Starts the reconciliation that follows a run with webhooks off: OpenPhone reported nothing of what came meanwhile. */
public interface FollowUp {

    /** Starts it, over what can have come or changed since that run began. */
    Answer reconcile(Run run);

    /** What came of it. */
    sealed interface Answer {

        /** A run imports what came meanwhile. */
        record Started(UUID run) implements Answer {
        }

        /** Another run is active, so it has to be tried again. */
        record Later() implements Answer {
        }

        /** No run can be started now, for this reason. */
        record Refused(String why) implements Answer {
        }
    }
}
