package org.openphoneimport.start;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Window;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is to be imported.
 *
 * @param type of the run
 * @param window of the run
 * @param clear the confirmation to clear what was imported before; null when nothing is to be cleared
 */
public record StartRequest(RunType type, Window window, @Nullable String clear) {

    // What happened in it is read again, whatever the ledger says; days that were missed are in the ledger.
    private static final Duration DAY = Duration.ofHours(24);

    // Beyond it OpenPhone does not read dates, and Postgres has an end as well.
    private static final int LAST_YEAR = 9999;

    private static final Set<String> FIELDS = Set.of("type", "from", "to", "clear");

    /**
     * Reads {@code {"type":"historical"|"reconciliation","from":"<ISO>","to":"<ISO>","clear":"<confirmation>"}}, all
     * optional, or an EventBridge event, which asks for a reconciliation.
     *
     * @throws StartRefusedException naming the field that is wrong
     */
    public static StartRequest read(@Nullable JsonNode payload, Instant now) {
        if (payload == null || payload.isNull() || payload.isMissingNode()) {
            return historical();
        }
        if (!payload.isObject()) {
            throw new StartRefusedException("The payload must be a JSON object", null);
        }
        if (isScheduled(payload)) {
            return new StartRequest(RunType.RECONCILIATION, new Window(now.minus(DAY), false, null), null);
        }
        payload.fieldNames().forEachRemaining(StartRequest::checkName);
        var type = type(payload);
        var from = instant(payload, "from");
        var to = instant(payload, "to");
        refuseFuture(from, now);
        var window = new Window(from != null ? from : start(type, to, now), from != null, to);
        refuseEmpty(window);
        return new StartRequest(type, window, clear(payload));
    }

    private static StartRequest historical() {
        return new StartRequest(RunType.HISTORICAL, new Window(Window.BEGINNING, false, null), null);
    }

    /** Where a run starts that was not told: a reconciliation at least a day before its end. */
    private static Instant start(RunType type, @Nullable Instant to, Instant now) {
        return type == RunType.HISTORICAL ? Window.BEGINNING : (to == null || to.isAfter(now) ? now : to).minus(DAY);
    }

    /** Nothing has been created there, so a run would find nothing and call that complete. */
    private static void refuseFuture(@Nullable Instant from, Instant now) {
        if (from != null && from.isAfter(now)) {
            throw new StartRefusedException("from (%s) must not be in the future".formatted(from), "from");
        }
    }

    private static void refuseEmpty(Window window) {
        if (window.to() == null || window.from().isBefore(window.to())) {
            return;
        }
        throw window.fromGiven()
                ? new StartRefusedException("from (%s) must be before to (%s)".formatted(window.from(), window.to()), "from")
                : new StartRefusedException("to (%s) must be after %s, where a historical import begins if from is not given"
                        .formatted(window.to(), window.from()), "to");
    }

    /** EventBridge's rules and its scheduler alike say where an event comes from and what it is. */
    private static boolean isScheduled(JsonNode payload) {
        return payload.has("detail-type") && payload.has("source");
    }

    private static void checkName(String name) {
        if (!FIELDS.contains(name)) {
            throw new StartRefusedException("There is no field " + name + ": there are type, from, to and clear", name);
        }
    }

    private static @Nullable String clear(JsonNode payload) {
        var value = payload.path("clear");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new StartRefusedException(
                    "clear must be the first 8 characters of the last run's id, not %s".formatted(value), "clear");
        }
        return value.textValue().strip();
    }

    private static RunType type(JsonNode payload) {
        var value = payload.path("type");
        if (value.isMissingNode() || value.isNull()) {
            return RunType.HISTORICAL;
        }
        for (var type : RunType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(value.asText())) {
                return type;
            }
        }
        throw new StartRefusedException("type must be historical or reconciliation, not " + value, "type");
    }

    private static @Nullable Instant instant(JsonNode payload, String field) {
        var value = payload.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            var text = value.isTextual() ? value.textValue() : value.toString();
            var time = text.length() == "2020-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
            if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
                throw new DateTimeException("Out of range");
            }
            return time.toInstant();
        } catch (DateTimeException e) {
            throw new StartRefusedException(
                    "%s must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, not %s".formatted(field, value), field);
        }
    }
}
