package org.openphoneimport.status;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.keep.ActionRefusedException;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.keep.Presses;
import org.openphoneimport.notice.Notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Does with runs what people and scripts ask for: refusals become answers. */
@ApplicationScoped
public class RunCommands {

    private final Actions actions;
    private final org.openphoneimport.batch.DeadLetters deadLetters;
    private final Presses presses;
    private final ViewCache shared;
    private final ObjectMapper mapper;
    private final Snapshot snapshot;
    private final Issues issues;
    private final Notices notices;
    private final NoticeViews noticeViews;

    RunCommands(Actions actions, org.openphoneimport.batch.DeadLetters deadLetters, Presses presses, ViewCache shared,
            ObjectMapper mapper, Snapshot snapshot, Issues issues, Notices notices, NoticeViews noticeViews) {
        this.notices = notices;
        this.noticeViews = noticeViews;
        this.snapshot = snapshot;
        this.issues = issues;
        this.presses = presses;
        this.actions = actions;
        this.deadLetters = deadLetters;
        this.shared = shared;
        this.mapper = mapper;
    }

    /**
     * Does with a run what needs no more than its name.
     *
     * @param action pause, resume, cancel, retry, verify or repair
     * @param by the user who wants it
     */
    public void act(String id, String action, String by) {
        var run = Parameters.run(id);
        answering(run, by, action, () -> {
            switch (action) {
                case "pause" -> actions.pause(run);
                case "resume" -> actions.resume(run);
                case "cancel" -> actions.cancel(run);
                case "retry" -> actions.retry(run);
                case "verify" -> actions.verify(run, false);
                case "repair" -> actions.repair(run);
                default -> throw RefusedException.unknown("There is no action " + action);
            }
        });
    }

    /**
     * Verifies a run that has ended.
     *
     * @param payload {@code {"full":true}} or nothing
     * @param by the user who wants it
     */
    public void verify(String id, @Nullable String payload, String by) {
        var run = Parameters.run(id);
        boolean complete = payload != null && !payload.isBlank() && full(payload);
        answering(run, by, complete ? "verify in full" : "verify", () -> actions.verify(run, complete));
    }

    private boolean full(String payload) {
        var full = json(payload).path("full");
        if (!full.isMissingNode() && !full.isBoolean()) {
            throw RefusedException.badInput("full must be true or false, not " + full, "full");
        }
        return full.asBoolean();
    }

    /**
     * Accepts that something is unavailable.
     *
     * @param payload {@code {"reason":"<why>","ids":["<what, all where it is left out>"]}}
     * @param by the user who accepts it
     */
    public void accept(String id, @Nullable String payload, String by) {
        var wanted = json(payload == null ? "" : payload);
        var ids = wanted.path("ids");
        if (!ids.isMissingNode() && (!ids.isArray() || ids.isEmpty() || !ids.valueStream().allMatch(JsonNode::isTextual))) {
            throw RefusedException.badInput("ids must be a list of ids, not " + ids, "ids");
        }
        accept(id, ids.valueStream().map(JsonNode::asText).toList(), wanted.path("reason").asText(""), by);
    }

    /**
     * Accepts that something is unavailable.
     *
     * @param ids what of it; all where it is empty
     * @param by the user who accepts it
     */
    public void accept(String id, List<String> ids, String reason, String by) {
        var run = Parameters.run(id);
        if (reason.isBlank()) {
            throw RefusedException.badInput("reason must say why it is accepted that something is not here", "reason");
        }
        answering(run, by, "accept", () -> actions.accept(run, ids, by, reason.strip()));
    }

    private JsonNode json(String payload) {
        try {
            return mapper.readTree(payload);
        } catch (JsonProcessingException e) {
            throw RefusedException.badInput("The payload is not JSON", null);
        }
    }

    /**
     * Tries again what one issue is about.
     *
     * @param by the user who wants it
     */
    public void retryIssue(String id, String issueId, String by) {
        var run = Parameters.run(id);
        long issue = Parameters.issue(issueId);
        answering(run, by, "retry one error", () -> actions.retryIssue(run, issue));
    }

    /**
     * Tries again all errors of a run that match.
     *
     * @param by the user who wants it
     */
    public void retryIssues(String id, Issues.Filter filter, String by) {
        var run = Parameters.run(id);
        var matching = snapshot.read(() -> issues.errors(run, filter));
        if (matching.isEmpty()) {
            throw RefusedException.notNow("No open error matches, so nothing was tried again");
        }
        answering(run, by, "retry %d errors".formatted(matching.size()), () -> actions.retryIssues(run, matching));
    }

    /**
     * Accepts what is unavailable of all issues of a run that match.
     *
     * @param by the user who accepts it
     */
    public void acceptIssues(String id, Issues.Filter filter, String reason, String by) {
        var run = Parameters.run(id);
        var matching = snapshot.read(() -> issues.acceptable(run, filter));
        if (matching.isEmpty()) {
            throw RefusedException.notNow("Nothing that matches is unavailable, so nothing was accepted");
        }
        accept(id, matching, reason, by);
    }

    /**
     * Puts a dead letter onto its queue again.
     *
     * @param by the user who wants it
     */
    public void sendBack(String id, String by) {
        if (!deadLetters.sendBack(Parameters.deadLetter(id))) {
            var what = "There is no dead letter %s that could be sent back".formatted(id);
            presses.refused(presses.lastRun(), by, "send back", what);
            throw RefusedException.unknown(what);
        }
        presses.done(presses.lastRun(), by, "send back dead letter " + id);
        shared.forget();
    }

    /**
     * Puts all dead letters onto their queues again; returns how many.
     *
     * @param by the user who wants it
     */
    public int sendAllBack(String by) {
        int sent = deadLetters.sendAllBack();
        presses.done(presses.lastRun(), by, "send back all %d dead letters".formatted(sent));
        shared.forget();
        return sent;
    }

    /**
     * Has a test sent to those who are told what happens.
     *
     * @param by the user who wants it
     */
    public void testNotices(String by) {
        if (snapshot.read(noticeViews::channels).isEmpty()) {
            throw RefusedException
                    .notNow("Notices are not configured: set NOTIFY_WEBHOOK_URL or NOTIFY_MAIL_TO. keep-runs sees "
                            + "within a minute that they are");
        }
        notices.noteTest();
        presses.done(presses.lastRun(), by, "send a test notice");
        shared.forget();
    }

    private void answering(UUID run, String by, String button, Runnable action) {
        try {
            action.run();
            presses.done(run, by, button);
            shared.forget();
        } catch (ActionRefusedException e) {
            var what = String.valueOf(e.getMessage());
            presses.refused(e.isUnknownRun() ? null : run, by, button, what);
            shared.forget();
            throw e.isUnknownRun() ? RefusedException.unknown(what) : RefusedException.notNow(what);
        }
    }
}
