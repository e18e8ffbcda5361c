package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The page of a run's issues.
 *
 * @param frame what stands around it
 * @param run whose
 * @param issues of this page of the list
 * @param total how many match
 * @param level that was asked for; empty for both
 * @param text that was asked for; empty for all
 * @param previous the address of the page before; null on the first
 * @param next the address of the page after; null on the last
 */
public record IssuesPage(Frame frame, RunPanel run, List<IssueLine> issues, String total, String level, String text,
        @Nullable String previous, @Nullable String next) {
}
