package org.openphoneimport.frame;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.status.RunView;

/** The bars of a run. */
public final class Bars {

    // Requests for messages and for calls.
    private static final int WEIGHT = 2;

    private Bars() {
    }

    public static List<Bar> of(RunView view) {
        var run = view.run();
        boolean ended = !view.status().isActive();
        var bars = new ArrayList<>(List.of(
                new Bar("Conversations", run.processedConversations, whole(run.totalConversations), null, found(view), ended,
                        view.unread().failed() + view.unread().refused(), lost(view.unread())),
                new Bar("Messages", run.processedMessages, whole(run.totalMessages),
                        whole(view.estimates().messages()), about(view.estimates().messages(), ended), ended),
                new Bar("Calls", run.processedCalls, whole(run.totalCalls), whole(view.estimates().calls()),
                        about(view.estimates().calls(), ended), ended)));
        if (parts(view) > 0) {
            bars.add(callParts(view, ended));
        }
        var directory = view.directoryParts();
        if (directory.all() > 0) {
            long asked = directory.all() - directory.pending();
            bars.add(new Bar("Parts of contacts and numbers", asked, directory.all(), null, "", ended));
        }
        bars.add(media(view, ended));
        return bars;
    }

    /**
     * What fraction of the requests has been sent that conversations and parts of calls, contacts and numbers take; null while
     * conversations are being listed.
     */
    static @Nullable Integer percent(RunView view) {
        var run = view.run();
        if (run.totalConversations == null) {
            return null;
        }
        long read = run.processedConversations + view.unread().failed() + view.unread().refused();
        var directory = view.directoryParts();
        long all = WEIGHT * run.totalConversations + expectedParts(view) + directory.all();
        long pending = part(view, PartStatus.PENDING) + directory.pending();
        long done = WEIGHT * read + parts(view) + directory.all() - pending;
        long percent = all == 0 ? 100 : Math.min(100, 100 * done / all);
        return (int) (view.status().isActive() && percent == 100 && pending > 0 ? 99 : percent);
    }

    /** While calls are being read, the parts of those that are to come are counted, too. */
    private static long expectedParts(RunView view) {
        var calls = view.estimates().calls();
        int read = view.run().processedCalls;
        long parts = parts(view);
        return calls == null || read == 0 ? parts : Math.max(parts, parts * calls / read);
    }

    /** They are found with their calls, so until all are read their number grows. */
    private static Bar callParts(RunView view, boolean ended) {
        long all = parts(view);
        long failed = part(view, PartStatus.FAILED);
        long done = all - part(view, PartStatus.PENDING) - part(view, PartStatus.WAITING) - failed;
        boolean known = view.run().totalMessages != null || ended;
        return new Bar("Parts of calls", done, known ? Long.valueOf(all) : null, all,
                known ? "" : "of " + Format.exact(all) + " found so far", ended, failed,
                failed == 0 ? "" : Format.exact(failed) + " failed");
    }

    private static long parts(RunView view) {
        long all = 0;
        for (var status : PartStatus.values()) {
            all += part(view, status);
        }
        return all;
    }

    private static long part(RunView view, PartStatus status) {
        return view.callParts().path(status.text()).asLong();
    }

    /** The number of files is known when all messages and calls have been read; until then it grows. */
    private static Bar media(RunView view, boolean ended) {
        var run = view.run();
        long found = run.totalMedia == null ? 0 : run.totalMedia;
        boolean known = run.totalMessages != null;
        long failed = view.media().failed();
        return new Bar("Media", run.processedMedia, known ? found : null, found == 0 ? null : Long.valueOf(found),
                found == 0 ? (ended ? "" : "so far") : "of " + Format.exact(found) + (ended ? " found" : " found so far"),
                ended, failed, failed == 0 ? "" : Format.exact(failed) + " failed");
    }

    private static String lost(RunView.Conversations unread) {
        var failed = unread.failed() == 0 ? "" : Format.exact(unread.failed()) + " failed";
        var refused = unread.refused() == 0 ? "" : Format.exact(unread.refused()) + " refused";
        return failed + (failed.isEmpty() || refused.isEmpty() ? "" : ", ") + refused;
    }

    private static String found(RunView view) {
        return view.listed() == 0 ? "" : "of " + Format.exact(view.listed()) + " listed so far";
    }

    private static String about(@Nullable Integer expected, boolean ended) {
        return ended ? "" : expected == null ? "so far" : "of about " + Format.about(expected);
    }

    private static @Nullable Long whole(@Nullable Integer number) {
        return number == null ? null : Long.valueOf(number);
    }
}
