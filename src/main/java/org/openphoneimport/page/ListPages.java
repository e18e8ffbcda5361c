package org.openphoneimport.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.status.Events;
import org.openphoneimport.status.IssueGroup;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.RunView;
import org.openphoneimport.status.RunViews;
import org.openphoneimport.status.Snapshot;

/** Reads the pages of a run's issues and of its log, each at one moment. */
@ApplicationScoped
class ListPages {

    private static final int SIZE = 50;
    private static final int GROUPS = 20;

    private final Snapshot snapshot;
    private final Frames frames;
    private final RunViews runs;
    private final Issues issues;
    private final Events events;

    ListPages(Snapshot snapshot, Frames frames, RunViews runs, Issues issues, Events events) {
        this.snapshot = snapshot;
        this.frames = frames;
        this.runs = runs;
        this.issues = issues;
        this.events = events;
    }

    /** @param number of the page, from 1 */
    IssuesPage issues(UUID id, Issues.Filter filter, int number) {
        return snapshot.read(() -> {
            var view = find(id);
            long total = issues.count(id, filter);
            var lines = issues.read(id, filter, (number - 1) * SIZE, SIZE).stream().map(issue -> IssueLine.of(issue, view))
                    .toList();
            var groups = filter.group() == null ? issues.groups(id, filter, GROUPS) : List.<IssueGroup> of();
            int acceptable = issues.acceptable(id, filter).size();
            var query = query(filter);
            var address = "/runs/" + id + "/issues" + query + "&page=";
            var frame = frames.live("").about(view);
            return new IssuesPage(frame.titled("Errors and warnings"), RunPanel.of(view, frame.truth()), lines,
                    Format.exact(total),
                    groups.size() < 2 ? List.of() : groups.stream().map(group -> GroupLine.of(group, id.toString())).toList(),
                    filter.level() == null ? "" : filter.level(), filter.text() == null ? "" : filter.text(),
                    filter.group() == null ? "" : filter.group(), query,
                    filter.selects() && lines.stream().anyMatch(IssueLine::retry),
                    acceptable == 0 ? "" : Format.exact(acceptable), number > 1 ? address + (number - 1) : null,
                    (long) number * SIZE < total ? address + (number + 1) : null);
        });
    }

    /** A filter as it stands in an address. */
    static String query(Issues.Filter filter) {
        return "?level=" + (filter.level() == null ? "" : filter.level()) + "&q="
                + (filter.text() == null ? "" : URLEncoder.encode(filter.text(), StandardCharsets.UTF_8))
                + (filter.group() == null ? "" : "&group=" + URLEncoder.encode(filter.group(), StandardCharsets.UTF_8));
    }

    /** @param before only lines older than the one with this id; null for the newest */
    LogPage log(UUID id, @Nullable String level, @Nullable Long before) {
        return snapshot.read(() -> {
            var view = find(id);
            var lines = events.read(id, new Events.Filter(level, before, false), SIZE + 1);
            var address = "/runs/" + id + "/log?level=" + (level == null ? "" : level);
            var frame = frames.live("").about(view);
            return new LogPage(frame.titled("Log"), RunPanel.of(view, frame.truth()),
                    lines.stream().limit(SIZE).map(LogLine::of).toList(), level == null ? "" : level,
                    lines.size() > SIZE ? address + "&before=" + lines.get(SIZE - 1).id() : null,
                    before == null ? null : address);
        });
    }

    QuestionPage cancel(UUID id) {
        return snapshot.read(() -> {
            var view = find(id);
            if (!view.status().isActive()) {
                throw RefusedException.notNow("The run is " + view.status().text() + "; there is nothing to cancel");
            }
            var frame = frames.live("").still();
            return QuestionPage.cancel(frame, RunPanel.of(view, frame.truth()));
        });
    }

    private RunView find(UUID id) {
        return runs.withId(id).orElseThrow(() -> RefusedException.unknown("There is no run " + id));
    }
}
