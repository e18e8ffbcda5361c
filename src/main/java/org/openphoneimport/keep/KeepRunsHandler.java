package org.openphoneimport.keep;

import java.util.Map;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;

/** keep-runs: invoked each minute, and when a run's last batch has ended. */
@Named("keep-runs")
public class KeepRunsHandler implements RequestHandler<JsonNode, Map<String, Object>> {

    private final Keeper keeper;

    KeepRunsHandler(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Map<String, Object> handleRequest(@Nullable JsonNode payload, Context context) {
        keeper.keep();
        return Map.of();
    }
}
