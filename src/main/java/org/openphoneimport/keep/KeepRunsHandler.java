package org.openphoneimport.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.invocation.Invoked;
import org.openphoneimport.invocation.LogContext;
import org.openphoneimport.invocation.Recurring;
import org.openphoneimport.verification.Verifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * keep-runs: invoked each minute, and when a run's last batch has ended; with {@code {"verificationId":1}} by itself, to go on
 * with a verification; or with {@code {"action":"pause","runId":"..."}} by an operator.
 *
 * <p>
 * It fails only where a person has to act, because it runs each minute and each failure counts towards an alarm.
 */
@Named("keep-runs")
@Invoked
public class KeepRunsHandler implements RequestHandler<JsonNode, Map<String, Object>>, Recurring {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(20);

    private final Keeper keeper;
    private final Actions actions;
    private final Presses presses;
    private final RunFigures figures;
    private final Verifier verifier;
    private final Clock clock;

    KeepRunsHandler(Keeper keeper, Actions actions, Presses presses, RunFigures figures, Verifier verifier, Clock clock) {
        this.keeper = keeper;
        this.actions = actions;
        this.presses = presses;
        this.figures = figures;
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> handleRequest(@Nullable JsonNode payload, Context context) {
        if (payload != null && payload.path("verificationId").isIntegralNumber()) {
            verifier.goOn(payload.get("verificationId").longValue(), deadline(context));
            keeper.keep();
            keeper.tell();
            return Map.of();
        }
        if (payload == null || !payload.has("action")) {
            keeper.keep();
            keeper.tell();
            figures.write();
            return Map.of();
        }
        var run = runId(payload);
        LogContext.run(run);
        act(run, payload);
        return Map.of("runId", run.toString(), "status", actions.status(run));
    }

    private void act(UUID run, JsonNode payload) {
        var by = payload.path("by").asText("keep-runs");
        var action = payload.get("action").asText();
        try {
            act(run, action, by, payload);
            presses.done(run, by, action);
        } catch (ActionRefusedException e) {
            presses.refused(e.isUnknownRun() ? null : run, by, action, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void act(UUID run, String action, String by, JsonNode payload) {
        switch (action) {
            case "pause" -> actions.pause(run);
            case "resume" -> actions.resume(run);
            case "cancel" -> actions.cancel(run);
            case "retry" -> actions.retry(run);
            case "verify" -> actions.verify(run, payload.path("full").asBoolean());
            case "repair" -> actions.repair(run);
            case "accept" -> actions.accept(run, ids(payload), by, reason(payload));
            default -> throw new IllegalArgumentException(
                    "action must be pause, resume, cancel, retry, accept, verify or repair, not " + payload.get("action"));
        }
    }

    /** Stops asking in good time: what is in flight then has to be stored. */
    private Instant deadline(Context context) {
        var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
        var margin = remaining.dividedBy(4);
        return clock.instant().plus(remaining).minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
    }

    private static List<String> ids(JsonNode payload) {
        return payload.path("ids").valueStream().map(JsonNode::asText).toList();
    }

    private static String reason(JsonNode payload) {
        var reason = payload.path("reason").asText("").strip();
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("reason must say why it is accepted that something is not here");
        }
        return reason;
    }

    private static UUID runId(JsonNode payload) {
        try {
            return UUID.fromString(payload.path("runId").asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("runId must be the id of a run, not " + payload.path("runId"), e);
        }
    }
}
