package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Bar;
import org.openphoneimport.frame.Bars;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Headline;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.frame.Truth;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.RunType;
import org.openphoneimport.status.RunView;
import org.openphoneimport.verification.Testimony;

/**
 * A run as the page shows it.
 *
 * @param id its id
 * @param type {@code Historical import} or {@code Reconciliation}
 * @param window what it is about, in words
 * @param readers which API read it, which one testified, and what that found
 * @param status as in the table
 * @param headline where it stands, in words
 * @param reason why it ended or stands still; null when there is none
 * @param waitingFor why nothing moves, null when something does
 * @param waitingUntil until when, null when that is not known
 * @param bars how far it is
 * @param current whose conversation was read last; null before the first and after the last
 * @param callParts what became of what belongs to calls, in words; null when there is nothing to tell
 * @param started when
 * @param ended when; null before
 * @param elapsed without the time that it was paused
 * @param remaining null when it cannot be told
 * @param doneAt when it is done at about; null when it cannot be told
 * @param errors that are open
 * @param warnings that are open
 * @param files those that are not here although they were tried, in words; null when there are none
 * @param actions what an operator can do now
 */
public record RunPanel(String id, String type, String window, String readers, String status, Headline headline,
        @Nullable String reason,
        @Nullable String waitingFor, @Nullable PageTime waitingUntil, List<Bar> bars, @Nullable Current current,
        @Nullable String callParts, PageTime started, @Nullable PageTime ended, String elapsed, @Nullable String remaining,
        @Nullable PageTime doneAt,
        String errors, String warnings, @Nullable String files, Actions actions) {

    static RunPanel of(RunView view, @Nullable Truth truth) {
        return of(view, truth, null);
    }

    /** @param testimony of its verification; null before */
    static RunPanel of(RunView view, @Nullable Truth truth, @Nullable Testimony testimony) {
        var run = view.run();
        var waitingFor = view.waitingFor();
        var remaining = view.estimates().remaining();
        return new RunPanel(run.id.toString(), type(run), window(run), Readers.words(run, testimony), run.status,
                Headline.of(view).weighedAgainst(truth),
                run.reason == null ? null : Format.shortened(run.reason),
                waitingFor == null ? null : Format.shortened(waitingFor.why()),
                waitingFor == null ? null : PageTime.of(waitingFor.until()),
                Bars.of(view), view.status().isActive() ? Current.of(view.current()) : null, CallParts.words(view.callParts()),
                new PageTime(run.startedAt == null ? run.createdAt : run.startedAt), PageTime.of(run.completedAt),
                Format.clock(view.elapsed()), remaining == null ? null : Format.roughly(remaining), PageTime.of(view.doneAt()),
                Format.exact(view.errors()), Format.exact(view.warnings()),
                files(view.media()),
                Actions.of(view));
    }

    static String type(Run run) {
        return switch (run.type()) {
            case HISTORICAL -> "Historical import";
            case RECONCILIATION -> "Reconciliation";
        };
    }

    /** {@code everything}, {@code from 1 Jan 2024}, {@code 1 Jan 2024 to 2 Jan 2024}. */
    static String window(Run run) {
        if (run.type() == RunType.RECONCILIATION && !run.windowFromGiven && run.windowTo == null) {
            return "what has come or changed";
        }
        var from = run.windowFromGiven ? new PageTime(run.windowFrom).day() : null;
        var to = run.windowTo == null ? null : new PageTime(run.windowTo).day();
        if (to == null) {
            return from == null ? "everything" : "from " + from;
        }
        return from == null ? "until " + to : from + " to " + to;
    }

    private static @Nullable String files(MediaCounts.Figures media) {
        var waiting = media.waiting() == 0 ? "" : Format.exact(media.waiting()) + " waiting for another try";
        var failed = media.failed() == 0 ? "" : Format.exact(media.failed()) + " failed";
        return waiting.isEmpty() && failed.isEmpty() ? null
                : waiting + (waiting.isEmpty() || failed.isEmpty() ? "" : ", ") + failed;
    }

    /** Where an action is sent to. */
    public String to(String action) {
        return "/runs/" + id + "/" + action;
    }

    public boolean active() {
        return ended == null;
    }

    /** The first characters of its id, to tell it by. */
    public String shortId() {
        return id.substring(0, 8);
    }

    public boolean hasErrors() {
        return !errors.equals("0");
    }

    public boolean hasWarnings() {
        return !warnings.equals("0");
    }

    /**
     * The conversation that was read last.
     *
     * @param id OpenPhone's
     * @param name given to it; null when it has none
     * @param parties its other participants
     */
    public record Current(String id, @Nullable String name, String parties) {

        static @Nullable Current of(RunView.@Nullable CurrentConversation current) {
            if (current == null) {
                return null;
            }
            return new Current(current.id(), current.name() == null ? null : Format.id(current.name()),
                    Format.phones(current.parties()));
        }
    }

    /** What an operator can do now. */
    public record Actions(boolean pause, boolean resume, boolean cancel, boolean retry, boolean verify, boolean repair) {

        static Actions of(RunView view) {
            var status = view.status();
            boolean ended = status == RunStatus.COMPLETED || status == RunStatus.FAILED;
            return new Actions(status == RunStatus.RUNNING, status == RunStatus.PAUSED, status.isActive(),
                    status == RunStatus.FAILED || (status == RunStatus.COMPLETED && view.errors() > 0), ended, ended);
        }
    }
}
