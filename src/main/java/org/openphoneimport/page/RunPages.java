package org.openphoneimport.page;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.pace.Samples;
import org.openphoneimport.run.Run;
import org.openphoneimport.status.DeadLetterViews;
import org.openphoneimport.status.Events;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.NoticeViews;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.RunView;
import org.openphoneimport.status.RunViews;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.Steps;
import org.openphoneimport.status.Verdicts;
import org.openphoneimport.status.ViewCache;
import org.openphoneimport.verification.Testimonies;

import io.quarkus.security.identity.SecurityIdentity;

/** Reads what the pages of runs show, each at one moment. */
@ApplicationScoped
class RunPages {

    private static final int RUNS = 5;
    private static final int RUNS_A_PAGE = 50;
    private static final int ISSUES = 5;
    private static final int LINES = 8;
    private static final int DEAD_LETTERS = 50;
    // The last one of each channel is among them.
    private static final int NOTICES = 5;

    private final ViewCache shared;
    private final SecurityIdentity identity;
    private final Snapshot snapshot;
    private final Frames frames;
    private final RunViews runs;
    private final Issues issues;
    private final Events events;
    private final Samples samples;
    private final Steps steps;
    private final Verdicts verdicts;
    private final Testimonies testimonies;
    private final DeadLetterViews deadLetters;
    private final NoticeViews notices;
    private final OpenPhoneConfig openPhone;

    RunPages(ViewCache shared, SecurityIdentity identity, Snapshot snapshot, Frames frames, RunViews runs, Issues issues,
            Events events, Samples samples,
            Steps steps, Verdicts verdicts, Testimonies testimonies, DeadLetterViews deadLetters, NoticeViews notices,
            OpenPhoneConfig openPhone) {
        this.shared = shared;
        this.identity = identity;
        this.snapshot = snapshot;
        this.frames = frames;
        this.runs = runs;
        this.issues = issues;
        this.events = events;
        this.samples = samples;
        this.steps = steps;
        this.verdicts = verdicts;
        this.testimonies = testimonies;
        this.deadLetters = deadLetters;
        this.notices = notices;
        this.openPhone = openPhone;
    }

    /** The run that is active or was last. */
    RunPage current() {
        return shared.read("current", () -> snapshot.read(() -> page(runs.current(), runs.brief(RUNS))))
                .seenBy(Who.of(identity), null);
    }

    /** @param notice what has just happened, in a sentence */
    RunPage of(UUID id, @Nullable String notice) {
        return shared.read(id, () -> snapshot.read(() -> page(
                Optional.of(runs.withId(id).orElseThrow(() -> RefusedException.unknown("There is no run " + id))), List.of())))
                .seenBy(Who.of(identity), notice);
    }

    /** @param number of the page of all runs, from 1 */
    RunsPage all(int number) {
        return shared.read(List.of("all", number), () -> snapshot.read(() -> {
            var views = runs.brief((number - 1) * RUNS_A_PAGE, RUNS_A_PAGE + 1);
            return new RunsPage(frames.shared("All runs"), lines(views.stream().limit(RUNS_A_PAGE).toList()), canStart(),
                    number > 1 ? "/runs?page=" + (number - 1) : null,
                    views.size() > RUNS_A_PAGE ? "/runs?page=" + (number + 1) : null);
        })).seenBy(Who.of(identity));
    }

    /** What is read for one who looks is shown to others, and may be read when his request has ended. */
    private RunPage page(Optional<RunView> shown, List<RunView> latest) {
        if (shown.isEmpty()) {
            return new RunPage(frames.shared("No run yet"), null, null, null, null, List.of(), null, List.of(), List.of(),
                    deadLetters(), List.of(), true, noticeLine());
        }
        var view = shown.get();
        var id = view.run().id;
        var end = view.run().completedAt == null ? view.now() : view.run().completedAt;
        var verification = verdicts.last(id);
        var verdict = verification == null ? null : VerdictPanel.of(verification);
        var frame = frames.shared("").about(view);
        var taken = samples.read(id, end, Chart.TIME);
        double allowed = RequestFigures.allowed(view, openPhone.rate());
        return new RunPage(verdict != null && verdict.isOpen() ? frame.watched() : frame, null,
                RunPanel.of(view, frame.truth(), testimonies.of(id).orElse(null)),
                RequestFigures.of(view, taken, allowed), Chart.of(taken, end, allowed),
                steps.of(id).stream().map(ChecklistLine::of).toList(), verdict,
                issues.read(id, Issues.Filter.OPEN, 0, ISSUES).stream().map(issue -> IssueLine.of(issue, view)).toList(),
                events.read(id, Events.Filter.NEWEST, LINES).stream().map(LogLine::of).toList(), deadLetters(),
                lines(latest), canStart(), noticeLine());
    }

    private NoticeLine noticeLine() {
        return NoticeLine.of(notices.read(NOTICES));
    }

    private List<DeadLetterLine> deadLetters() {
        return deadLetters.open(DEAD_LETTERS).stream().map(DeadLetterLine::of).toList();
    }

    private boolean canStart() {
        return Run.active().isEmpty();
    }

    private List<RunLine> lines(List<RunView> views) {
        var verdictsOf = verdicts.last(views.stream().map(view -> view.run().id).toList());
        return views.stream().map(view -> RunLine.of(view, verdictsOf.get(view.run().id))).toList();
    }
}
