package org.openphoneimport.page;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Headline;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.status.RunView;
import org.openphoneimport.status.Verdicts;

/**
 * A run as one line among others.
 *
 * @param id its id
 * @param started when
 * @param type {@code Historical import} or {@code Reconciliation}
 * @param window what it is about, in words
 * @param status in words
 * @param tone the colour that goes with it
 * @param conversations read, and of how many
 * @param messages received
 * @param calls received
 * @param errors that are open
 * @param duration without the time that it was paused
 * @param verdict of its last verification; null when there was none
 */
public record RunLine(String id, PageTime started, String type, String window, String status, String tone,
        String conversations, String messages, String calls, String errors, String duration, @Nullable String verdict) {

    /** @param verification what its last one came to; null when there was none */
    static RunLine of(RunView view, Verdicts.@Nullable Outcome verification) {
        var run = view.run();
        var headline = Headline.of(view);
        var total = run.totalConversations;
        return new RunLine(run.id.toString(), new PageTime(run.startedAt == null ? run.createdAt : run.startedAt),
                RunPanel.type(run), RunPanel.window(run), Headline.word(view.status()), headline.tone(),
                Format.exact(run.processedConversations)
                        + (total == null || total == run.processedConversations ? "" : " of " + Format.exact(total)),
                Format.exact(run.processedMessages), Format.exact(run.processedCalls), Format.exact(view.errors()),
                Format.clock(view.elapsed()), verification == null ? null
                        : VerdictPanel.words(verification.status(), verification.missing(), verification.different(),
                                verification.open()));
    }

    public String shortId() {
        return id.substring(0, 8);
    }
}
