package org.openphoneimport.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.RunType;
import org.openphoneimport.status.Judgement.Outlook;
import org.openphoneimport.verification.Testimony;
import org.openphoneimport.verification.Workspace;

/**
 * Weighs what is known of the workspace: what is not here, what is not as it was before the import, the run that is active, and
 * how the last verification was confirmed.
 *
 * @param workspace what the database holds, and what it lacks
 * @param loose what an ended import has left changed around it
 * @param active the run that is active; null when there is none
 * @param failed the last historical import, where it failed; null where it did not
 * @param testimony what the last verification knows from the other API; null before the first
 * @param now by the database's clock
 */
record Judge(Workspace workspace, LooseEnds loose, @Nullable RunView active, @Nullable Instant failed,
        @Nullable Testimony testimony, Instant now) {

    // An estimate is not known to the minute.
    private static final Duration LONG = Duration.ofHours(1);
    private static final long FIVE_MINUTES = 300;

    Judgement judge() {
        var reasons = reasons();
        if (active != null && !(active.run().type() == RunType.RECONCILIATION && reasons.isEmpty())) {
            return busy(active);
        }
        if (workspace.isEmpty()) {
            return Judgement.of(Outlook.EMPTY, "Nothing has been imported yet.");
        }
        if (!reasons.isEmpty() || workspace.coveredUntil() == null) {
            return Judgement.of(workspace.isSomethingMissing() ? Outlook.MISSING : Outlook.NOT_YET,
                    "Not yet: " + String.join("; ", reasons));
        }
        return Judgement.of(Outlook.SAFE, "Safe to go live: everything up to ", workspace.coveredUntil(), now,
                " is here" + (workspace.accepted() == 0 ? ""
                        : String.format(Locale.US, " but for %,d accepted", workspace.accepted()))
                        + workspace.around().earlier(workspace.coveredUntil()) + ", " + verified()
                        + without(workspace.leftOut()));
    }

    private Judgement busy(RunView run) {
        var outlook = isHistoryMissing() ? Outlook.MISSING : Outlook.BUSY;
        var history = isHistoryMissing() ? ". " + history() : "";
        if (run.status() == RunStatus.PAUSED) {
            return Judgement.of(isHistoryMissing() ? Outlook.MISSING : Outlook.NOT_YET,
                    "Not yet: the " + name(run.run()) + " is paused" + history);
        }
        if (run.status() == RunStatus.VERIFYING) {
            return Judgement.of(outlook, "Everything has been read, checking it against OpenPhone" + history);
        }
        var doneAt = run.doneAt();
        return doneAt == null ? Judgement.of(outlook, "Reading" + history)
                : Judgement.of(outlook, "Reading, done at about ", doneAt, now, history);
    }

    /** To the minute, and to five of them where it is more than an hour away. */
    static Instant about(Instant at, Duration away) {
        long step = away.compareTo(LONG) > 0 ? FIVE_MINUTES : 60;
        return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond(), step) * step);
    }

    private static String name(Run run) {
        return run.type() == RunType.HISTORICAL ? "historical import" : "reconciliation";
    }

    /** A failed import is forgotten when what it was to bring is here, and no sooner. */
    private boolean isHistoryMissing() {
        return failed != null && workspace.isSomethingMissing();
    }

    private String history() {
        return "The historical import failed" + (workspace.open().isEmpty() ? "" : ": " + gaps(workspace.open()));
    }

    private List<String> reasons() {
        var reasons = new ArrayList<String>();
        if (isHistoryMissing()) {
            reasons.add("the historical import failed");
        }
        if (!workspace.open().isEmpty()) {
            reasons.add(gaps(workspace.open()));
        }
        if (loose.readOnly()) {
            reasons.add("the system is still read-only");
        }
        if (loose.webhooksOff() > 0) {
            reasons.add(count(loose.webhooksOff(), "webhook is", "webhooks are") + " still off");
        }
        if (loose.followUpDue()) {
            reasons.add("what came while webhooks were off is not imported yet");
        }
        return reasons;
    }

    /** Conversations together, with a short word for each reason; anything else as it is. */
    private static String gaps(List<Workspace.Open> open) {
        var words = new ArrayList<String>();
        var unread = open.stream().filter(gap -> Unread.of(gap) != null).toList();
        if (!unread.isEmpty()) {
            words.add(count(unread.stream().mapToLong(Workspace.Open::count).sum(), "conversation", "conversations")
                    + " could not be read (" + unread.stream().map(gap -> String.format(Locale.US, "%s: %,d",
                            Unread.of(gap), gap.count())).collect(Collectors.joining(", "))
                    + ")");
        }
        for (var lists : Unread.LISTS) {
            var names = open.stream().map(Workspace.Open::reason).filter(reason -> reason.startsWith(lists))
                    .map(reason -> reason.substring(lists.length())).toList();
            if (!names.isEmpty()) {
                words.add(lists + String.join(", ", names));
            }
        }
        open.stream().filter(gap -> Unread.of(gap) == null && Unread.LISTS.stream().noneMatch(gap.reason()::startsWith))
                .map(Unread::whole).forEach(words::add);
        return String.join("; ", words);
    }

    private static String count(long count, String one, String many) {
        return String.format(Locale.US, "%,d %s", count, count == 1 ? one : many);
    }

    private static String without(List<String> leftOut) {
        return leftOut.isEmpty() ? "" : ". Left out by configuration: " + String.join(", ", leftOut);
    }

    private String verified() {
        if (testimony == null) {
            return "not verified yet";
        }
        if (testimony.witness() == null || testimony.obstacle() != null) {
            return "verified by %s alone (%s)".formatted(testimony.verifier(), testimony.obstacle() == null
                    ? "only " + testimony.api() + " was to be asked, see OPENPHONE_API"
                    : testimony.obstacle());
        }
        if (testimony.listsOnly()) {
            return "verified by v1 alone (2026-03-30 gives the list of conversations, and not what is in them)";
        }
        if (!testimony.whole()) {
            return "verified by one API alone (the other has confirmed no sample of all that is here)";
        }
        var unconfirmed = workspace.around().unconfirmed();
        return "verified by both APIs" + (testimony.agree() ? ""
                : testimony.disagreed()
                        ? ", which differ: conversations were read through both"
                        : String.format(Locale.US, ", but for %,d that could not be compared", testimony.found()))
                + (unconfirmed.isEmpty() ? "" : "; only one of them gave the " + String.join(", ", unconfirmed));
    }
}
