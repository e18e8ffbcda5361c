package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Frame;

/**
 * The page of a run's log.
 *
 * @param frame what stands around it
 * @param run whose
 * @param lines the newest first
 * @param level that was asked for; empty for all
 * @param older the address of the lines before; null when there are none
 * @param newest the address of the newest lines; null when these are they
 */
public record LogPage(Frame frame, RunPanel run, List<LogLine> lines, String level, @Nullable String older,
        @Nullable String newest) {
}
