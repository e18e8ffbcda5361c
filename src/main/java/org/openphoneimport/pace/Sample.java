package org.openphoneimport.pace;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The counters at one moment, as {@code import_events} keeps them each minute in {@code figures} of kind {@code sample}. They
 * only rise, so what happened between two samples is their difference.
 *
 * @param at when
 * @param granted requests that the rate limiter let through for the key
 * @param refused 429s for the key
 * @param waitedMillis that requests waited for their slots, all together
 */
public record Sample(Instant at, long granted, long refused, long waitedMillis) {

    static Sample of(Instant at, JsonNode figures) {
        return new Sample(at, figures.path("granted").asLong(), figures.path("refused").asLong(),
                figures.path("waitedMillis").asLong());
    }
}
