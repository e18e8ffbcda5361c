package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.frame.Frame;

/**
 * The page of one run, and the start page, which shows the run that is active or was last.
 *
 * @param frame what stands around it
 * @param notice what has just happened, in a sentence; null when there is nothing to say
 * @param run null before the first
 * @param requests what was asked of OpenPhone; null before the first request
 * @param chart of requests a second; null while there is nothing to draw
 * @param steps of its checklist
 * @param verdict of its last verification; null when there was none
 * @param issues the newest
 * @param log the newest lines
 * @param deadLetters that have not been sent back
 * @param runs the newest
 * @param canStart whether no run is active
 * @param noticeLine where notices go
 */
public record RunPage(Frame frame, @Nullable String notice, @Nullable RunPanel run, @Nullable RequestFigures requests,
        @Nullable Chart chart, List<ChecklistLine> steps, @Nullable VerdictPanel verdict, List<IssueLine> issues,
        List<LogLine> log,
        List<DeadLetterLine> deadLetters, List<RunLine> runs, boolean canStart, NoticeLine noticeLine) {

    /** The same, for another user. */
    RunPage seenBy(Who who, @Nullable String said) {
        return new RunPage(frame.seenBy(who), said, run, requests, chart, steps, verdict, issues, log, deadLetters, runs,
                canStart, noticeLine);
    }
}
