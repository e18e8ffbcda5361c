package org.openphoneimport.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Run;
import org.openphoneimport.status.RunView;

/** The four bars of a run. */
final class Bars {

    private Bars() {
    }

    static List<Bar> of(RunView view) {
        var run = view.run();
        boolean ended = !view.status().isActive();
        return List.of(
                new Bar("Conversations", run.processedConversations, whole(run.totalConversations), null, found(view), ended),
                new Bar("Messages", run.processedMessages, whole(run.totalMessages),
                        whole(view.estimates().messages()), about(view.estimates().messages(), ended), ended),
                new Bar("Calls", run.processedCalls, whole(run.totalCalls), whole(view.estimates().calls()),
                        about(view.estimates().calls(), ended), ended),
                media(run, ended));
    }

    /** What fraction of the conversations has been read; null while they are being listed. */
    static @Nullable Integer percent(RunView view) {
        return of(view).getFirst().percent();
    }

    /** The number of files is known when all messages and calls have been read; until then it grows. */
    private static Bar media(Run run, boolean ended) {
        long found = run.totalMedia == null ? 0 : run.totalMedia;
        boolean known = run.totalMessages != null;
        return new Bar("Media", run.processedMedia, known ? found : null, found == 0 ? null : Long.valueOf(found),
                found == 0 ? (ended ? "" : "so far") : "of " + Numbers.exact(found) + (ended ? " found" : " found so far"),
                ended);
    }

    private static String found(RunView view) {
        return view.listed() == 0 ? "" : "of " + Numbers.exact(view.listed()) + " listed so far";
    }

    private static String about(@Nullable Integer expected, boolean ended) {
        return ended ? "" : expected == null ? "so far" : "of about " + Numbers.about(expected);
    }

    private static @Nullable Long whole(@Nullable Integer number) {
        return number == null ? null : Long.valueOf(number);
    }
}
