package org.openphoneimport.start;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.invocation.Invoked;
import org.openphoneimport.invocation.LogContext;
import org.openphoneimport.listing.Listing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;

/** start-run: starts a run, or goes on with the listing of one when invoked by itself or by keep-runs. */
@Named("start-run")
@Invoked
public class StartRunHandler implements RequestHandler<JsonNode, @Nullable StartAnswer> {

    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Starter starter;
    private final Listing listing;
    private final Clock clock;

    StartRunHandler(Starter starter, Listing listing, Clock clock) {
        this.starter = starter;
        this.listing = listing;
        this.clock = clock;
    }

    @Override
    public @Nullable StartAnswer handleRequest(@Nullable JsonNode payload, Context context) {
        if (payload != null && payload.has("runId")) {
            var run = runId(payload);
            LogContext.run(run);
            var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
            var margin = remaining.dividedBy(4).compareTo(MARGIN) < 0 ? remaining.dividedBy(4) : MARGIN;
            listing.goOn(run, clock.instant().plus(remaining).minus(margin));
            return null;
        }
        return starter.start(StartRequest.read(payload, clock.instant()));
    }

    private static UUID runId(JsonNode payload) {
        try {
            return UUID.fromString(payload.get("runId").asText());
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("runId is not the id of a run: " + payload.get("runId"), "runId");
        }
    }
}
