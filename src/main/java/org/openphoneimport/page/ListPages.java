package org.openphoneimport.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Frame;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.status.Events;
import org.openphoneimport.status.IssueGroup;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.RunView;
import org.openphoneimport.status.RunViews;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.ViewCache;

import io.quarkus.security.identity.SecurityIdentity;

/**
 * Reads the pages of a run's issues and of its log. What stands around a list is the same for all who look at the run: that
 * takes longer to read than the list. The list itself is read for each of them.
 */
@ApplicationScoped
class ListPages {

    private static final int SIZE = 50;
    private static final int GROUPS = 20;

    private final ViewCache shared;
    private final SecurityIdentity identity;
    private final Snapshot snapshot;
    private final Frames frames;
    private final RunViews runs;
    private final Issues issues;
    private final Events events;

    ListPages(ViewCache shared, SecurityIdentity identity, Snapshot snapshot, Frames frames, RunViews runs, Issues issues,
            Events events) {
        this.shared = shared;
        this.identity = identity;
        this.snapshot = snapshot;
        this.frames = frames;
        this.runs = runs;
        this.issues = issues;
        this.events = events;
    }

    /** @param number of the page, from 1 */
    IssuesPage issues(UUID id, Issues.Filter filter, int number) {
        var around = around(id);
        return snapshot.read(() -> {
            long total = issues.count(id, filter);
            var lines = issues.read(id, filter, (number - 1) * SIZE, SIZE).stream()
                    .map(issue -> IssueLine.of(issue, around.view()))
                    .toList();
            var groups = filter.group() == null ? issues.groups(id, filter, GROUPS) : List.<IssueGroup> of();
            int acceptable = issues.acceptable(id, filter).size();
            var query = query(filter);
            var address = "/runs/" + id + "/issues" + query + "&page=";
            return new IssuesPage(around.frame().titled("Errors and warnings"), around.panel(), lines,
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
        var around = around(id);
        return snapshot.read(() -> {
            var lines = events.read(id, new Events.Filter(level, before, false), SIZE + 1);
            var address = "/runs/" + id + "/log?level=" + (level == null ? "" : level);
            return new LogPage(around.frame().titled("Log"), around.panel(),
                    lines.stream().limit(SIZE).map(LogLine::of).toList(), level == null ? "" : level,
                    lines.size() > SIZE ? address + "&before=" + lines.get(SIZE - 1).id() : null,
                    before == null ? null : address);
        });
    }

    QuestionPage cancel(UUID id) {
        var around = around(id);
        if (!around.view().status().isActive()) {
            throw RefusedException.notNow("The run is " + around.view().status().text() + "; there is nothing to cancel");
        }
        return QuestionPage.cancel(around.frame().still(), around.panel());
    }

    /**
     * What stands around a list, at one moment.
     *
     * @param view of the run that it is about
     * @param frame around both, as who asked may see it
     */
    private record Around(RunView view, Frame frame) {

        RunPanel panel() {
            return RunPanel.of(view, frame.truth());
        }
    }

    private Around around(UUID id) {
        var read = shared.read(List.of("around", id), () -> snapshot.read(() -> {
            var view = runs.withId(id).orElseThrow(() -> RefusedException.unknown("There is no run " + id));
            return new Around(view, frames.shared("").about(view));
        }));
        return new Around(read.view(), read.frame().seenBy(Who.of(identity)));
    }
}
