package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.frame.Frame;

/**
 * The page of all runs.
 *
 * @param frame what stands around it
 * @param runs the newest first
 * @param canStart whether no run is active
 * @param newer the address of the page before; null on the first
 * @param older the address of the page after; null on the last
 */
public record RunsPage(Frame frame, List<RunLine> runs, boolean canStart, @Nullable String newer,
        @Nullable String older) {

    /** The same, for another user. */
    RunsPage seenBy(Who who) {
        return new RunsPage(frame.seenBy(who), runs, canStart, newer, older);
    }
}
