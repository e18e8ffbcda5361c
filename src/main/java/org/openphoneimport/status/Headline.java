package org.openphoneimport.status;

import org.openphoneimport.run.RunStatus;

/**
 * Where a run stands and what happens next, in words.
 *
 * @param status in two words or three
 * @param tone the colour that goes with it: calm, busy, waiting, good, bad
 * @param next what happens next, in a sentence
 */
public record Headline(String status, String tone, String next) {

    static Headline of(RunView view) {
        return switch (view.status()) {
            case PENDING, RUNNING -> view.waitingFor() != null ? waiting() : view.isListing() ? listing() : importing();
            case PAUSED -> new Headline("Paused", "waiting",
                    "Nothing happens until somebody resumes the run. What was imported stays, and it goes on where it stopped.");
            case VERIFYING -> new Headline("Verifying", "busy",
                    "Whether everything is here is being found out; the verdict ends the run.");
            case COMPLETED -> new Headline("Completed", "good",
                    "Every conversation, message and call is here. A reconciliation brings what has come since.");
            case FAILED -> new Headline("Failed", "bad",
                    "Retry tries again just what is missing; what was imported stays.");
            case CANCELLED -> new Headline("Cancelled", "calm",
                    "Nothing more happens in this run. A new one recognises what is here and imports nothing twice.");
        };
    }

    private static Headline listing() {
        return new Headline("Listing conversations", "busy", "When all are listed, they are imported in batches.");
    }

    private static Headline importing() {
        return new Headline("Importing", "busy", "When the last conversation has been read, everything is verified by itself.");
    }

    private static Headline waiting() {
        return new Headline("Waiting for OpenPhone", "waiting", "The run goes on by itself; nothing is lost meanwhile.");
    }

    /** As in the title of a browser's tab. */
    static String word(RunStatus status) {
        var text = status.text();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
