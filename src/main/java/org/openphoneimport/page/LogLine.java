package org.openphoneimport.page;

import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.status.EventView;

/**
 * A line of a run's log as the page shows it.
 *
 * @param at when
 * @param level {@code info}, {@code warning} or {@code error}
 * @param kind what it is about
 * @param what a whole sentence
 */
public record LogLine(PageTime at, String level, String kind, String what) {

    static LogLine of(EventView event) {
        return new LogLine(new PageTime(event.at()), event.level(), event.kind(), Format.shortened(event.what()));
    }
}
