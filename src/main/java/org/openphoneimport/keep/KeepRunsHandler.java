package org.openphoneimport.keep;

import java.util.Map;
import java.util.UUID;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.invocation.Invoked;
import org.openphoneimport.invocation.LogContext;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * keep-runs: invoked each minute, and when a run's last batch has ended; or with {@code {"action":"pause","runId":"..."}} by an
 * operator.
 */
@Named("keep-runs")
@Invoked
public class KeepRunsHandler implements RequestHandler<JsonNode, Map<String, Object>> {

    private final Keeper keeper;
    private final Actions actions;
    private final RunFigures figures;

    KeepRunsHandler(Keeper keeper, Actions actions, RunFigures figures) {
        this.keeper = keeper;
        this.actions = actions;
        this.figures = figures;
    }

    @Override
    public Map<String, Object> handleRequest(@Nullable JsonNode payload, Context context) {
        if (payload == null || !payload.has("action")) {
            keeper.keep();
            figures.write();
            return Map.of();
        }
        var run = runId(payload);
        LogContext.run(run);
        switch (payload.get("action").asText()) {
            case "pause" -> actions.pause(run);
            case "resume" -> actions.resume(run);
            case "cancel" -> actions.cancel(run);
            case "retry" -> actions.retry(run);
            default -> throw new IllegalArgumentException(
                    "action must be pause, resume, cancel or retry, not " + payload.get("action"));
        }
        return Map.of("runId", run.toString(), "status", actions.status(run));
    }

    private static UUID runId(JsonNode payload) {
        try {
            return UUID.fromString(payload.path("runId").asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("runId must be the id of a run, not " + payload.path("runId"), e);
        }
    }
}
