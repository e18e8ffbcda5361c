package org.openphoneimport.page;

import java.util.List;

/**
 * The page of all runs.
 *
 * @param frame what stands around it
 * @param runs the newest first
 * @param canStart whether no run is active
 * @param form to start another
 */
public record RunsPage(Frame frame, List<RunLine> runs, boolean canStart, StartForm form) {
}
