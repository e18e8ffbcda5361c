package org.openphoneimport.frame;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.status.RunView;

/**
 * Where a run stands and what happens next, in words.
 *
 * @param status in two words or three
 * @param tone the colour that goes with it: calm, busy, waiting, good, bad
 * @param next what happens next, in a sentence
 */
public record Headline(String status, String tone, String next) {

    public static Headline of(RunView view) {
        return switch (view.status()) {
            case PENDING, RUNNING -> view.isWaiting() ? waiting() : view.isListing() ? listing() : importing();
            case PAUSED -> view.working() ? new Headline("Pausing", "waiting",
                    "Workers finish the page that they are reading. Then nothing happens until an operator resumes the run.")
                    : new Headline("Paused", "waiting",
                            "Nothing happens until an operator resumes the run. What was imported stays, and it goes on where it "
                                    + "stopped.");
            case VERIFYING -> new Headline("Verifying", "busy",
                    "What is stored is compared with what OpenPhone has; the verdict ends the run.");
            case COMPLETED -> new Headline("Completed", "good",
                    "Nothing that OpenPhone gives for this run is missing or different. A reconciliation brings what has come since.");
            case FAILED -> new Headline("Failed", "bad",
                    "Retry tries again just what is missing; what was imported stays.");
            case CANCELLED -> view.working() ? new Headline("Cancelling", "calm",
                    "Workers stop at the page that they are reading; what they still receive is not stored.")
                    : new Headline("Cancelled", "calm", (filesAreOpen(view)
                            ? "Only files that it has found are still downloaded and counted. "
                            : "Nothing more happens in this run. ")
                            + "A new one recognises what is here and imports nothing twice.");
        };
    }

    /** A run that has ended says no more than the whole workspace allows: it is not green while something else is missing. */
    public Headline weighedAgainst(@Nullable Truth truth) {
        return truth == null ? this : switch (tone) {
            case "good" -> truth.complete() ? this
                    : new Headline(status + ", but not everything is here", truth.lack(),
                            "This run has done its part. What the database lacks altogether stands above: " + truth.advice()
                                    + ".");
            case "calm" -> truth.complete() ? this : new Headline(status, truth.lack(), next);
            default -> this;
        };
    }

    private static boolean filesAreOpen(RunView view) {
        var found = view.run().totalMedia;
        return found != null && found > view.run().processedMedia + view.media().failed();
    }

    private static Headline listing() {
        return new Headline("Listing conversations", "busy", "When all are listed, they are imported in batches.");
    }

    private static Headline importing() {
        return new Headline("Importing", "busy",
                "When everything that the bars show has been read, it is verified automatically.");
    }

    private static Headline waiting() {
        return new Headline("Waiting for OpenPhone", "waiting", "The run goes on automatically; nothing is lost meanwhile.");
    }

    /** As in the title of a browser's tab. */
    public static String word(RunStatus status) {
        var text = status.text();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
