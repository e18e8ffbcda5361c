package org.openphoneimport.page;

import org.openphoneimport.verification.Workspace;

/**
 * What the database holds altogether, as the first line of every page.
 *
 * @param tone the colour that goes with it: good, bad where something can be brought that is not here, waiting where the rest
 *        is refused or on its way, calm before the first import
 * @param sentence the same in words
 */
public record Truth(String tone, String sentence) {

    static Truth of(Workspace workspace) {
        return new Truth(tone(workspace), Numbers.shortened(workspace.sentence()));
    }

    private static String tone(Workspace workspace) {
        if (workspace.isEmpty()) {
            return "calm";
        }
        if (workspace.complete()) {
            return "good";
        }
        return workspace.isSomethingMissing() ? "bad" : "waiting";
    }

    /** Whether there is nothing to add to what a completed run says. */
    boolean isGood() {
        return tone.equals("good");
    }
}
