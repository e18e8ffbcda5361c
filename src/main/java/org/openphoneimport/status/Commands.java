package org.openphoneimport.status;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.keep.ActionRefusedException;
import org.openphoneimport.keep.Actions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Does with runs what people and scripts ask for: refusals become answers. */
@ApplicationScoped
public class Commands {

    private final Actions actions;
    private final org.openphoneimport.batch.DeadLetters deadLetters;
    private final Shared shared;
    private final ObjectMapper mapper;

    Commands(Actions actions, org.openphoneimport.batch.DeadLetters deadLetters, Shared shared, ObjectMapper mapper) {
        this.actions = actions;
        this.deadLetters = deadLetters;
        this.shared = shared;
        this.mapper = mapper;
    }

    /**
     * Does with a run what needs no more than its name.
     *
     * @param action pause, resume, cancel, retry, verify or repair
     */
    public void act(String id, String action) {
        var run = Parameters.run(id);
        answering(() -> {
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
     */
    public void verify(String id, @Nullable String payload) {
        var run = Parameters.run(id);
        boolean complete = payload != null && !payload.isBlank() && full(payload);
        answering(() -> actions.verify(run, complete));
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
        answering(() -> actions.accept(run, ids, by, reason.strip()));
    }

    private JsonNode json(String payload) {
        try {
            return mapper.readTree(payload);
        } catch (JsonProcessingException e) {
            throw RefusedException.badInput("The payload is not JSON", null);
        }
    }

    /** Tries again what one issue is about. */
    public void retryIssue(String id, String issueId) {
        var run = Parameters.run(id);
        long issue = Parameters.issue(issueId);
        answering(() -> actions.retryIssue(run, issue));
    }

    /** Puts a dead letter onto its queue again. */
    public void sendBack(String id) {
        if (!deadLetters.sendBack(Parameters.deadLetter(id))) {
            throw RefusedException.unknown("There is no dead letter %s that could be sent back".formatted(id));
        }
        shared.forget();
    }

    /** Puts all dead letters onto their queues again; returns how many. */
    public int sendAllBack() {
        int sent = deadLetters.sendAllBack();
        shared.forget();
        return sent;
    }

    private void answering(Runnable action) {
        try {
            action.run();
            shared.forget();
        } catch (ActionRefusedException e) {
            var what = String.valueOf(e.getMessage());
            throw e.isUnknownRun() ? RefusedException.unknown(what) : RefusedException.notNow(what);
        }
    }
}
