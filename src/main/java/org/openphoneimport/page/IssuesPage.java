package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Frame;

/**
 * The page of a run's issues.
 *
 * @param frame what stands around it
 * @param run whose
 * @param issues of this page of the list
 * @param total how many match
 * @param groups the same by reason; empty when there is only one
 * @param level that was asked for; empty for both
 * @param text that was asked for; empty for all
 * @param group that was asked for; empty for all
 * @param query the same as a query, to come back to it
 * @param retriable whether some of them can be tried again together
 * @param acceptable how many of them can be accepted not to be here, in words; empty for none
 * @param previous the address of the page before; null on the first
 * @param next the address of the page after; null on the last
 */
public record IssuesPage(Frame frame, RunPanel run, List<IssueLine> issues, String total, List<GroupLine> groups, String level,
        String text, String group, String query, boolean retriable, String acceptable, @Nullable String previous,
        @Nullable String next) {

    /** Whether some are left out. */
    public boolean selects() {
        return !level.isEmpty() || !text.isEmpty() || !group.isEmpty();
    }
}
