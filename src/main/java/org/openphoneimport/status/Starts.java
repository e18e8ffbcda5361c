package org.openphoneimport.status;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.keep.Presses;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.start.ImportedData;
import org.openphoneimport.start.StartAnswer;
import org.openphoneimport.start.StartRefusedException;
import org.openphoneimport.start.StartRequest;
import org.openphoneimport.start.Starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Starts runs for people and scripts: refusals become answers. */
@ApplicationScoped
public class Starts {

    private final Starter starter;
    private final Clock clock;
    private final ObjectMapper mapper;
    private final ViewCache shared;
    private final ImportedData data;
    private final Presses presses;

    Starts(Starter starter, Clock clock, ObjectMapper mapper, ViewCache shared, ImportedData data, Presses presses) {
        this.presses = presses;
        this.starter = starter;
        this.clock = clock;
        this.mapper = mapper;
        this.shared = shared;
        this.data = data;
    }

    /**
     * Starts a run.
     *
     * @param payload as start-run's; nothing at all asks for a historical run
     * @param by the user who wants it
     */
    public StartAnswer start(@Nullable String payload, String by) {
        return start(read(payload), by);
    }

    /**
     * Clears what was imported.
     *
     * @param payload {@code {"confirm":"<first 8 characters of the last run's id>"}}
     * @param by the user who wants it
     */
    public void clear(@Nullable String payload, String by) {
        var read = read(payload);
        var confirmation = read == null ? "" : read.path("confirm").asText();
        if (confirmation.isBlank()) {
            throw RefusedException.badInput("confirm must be the first 8 characters of the last run's id", "confirm");
        }
        try {
            data.clear(confirmation.strip());
            presses.done(presses.lastRun(), by, "clear imported data");
            shared.forget();
        } catch (StartRefusedException e) {
            presses.refused(presses.lastRun(), by, "clear imported data", String.valueOf(e.getMessage()));
            throw refusal(e);
        }
    }

    private @Nullable JsonNode read(@Nullable String payload) {
        try {
            return payload == null || payload.isBlank() ? null : mapper.readTree(payload);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw RefusedException.badInput("The payload is not JSON" + (place == null ? ""
                    : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr())), null);
        }
    }

    /**
     * Starts a run.
     *
     * @param payload as start-run's
     * @param by the user who wants it
     */
    public StartAnswer start(@Nullable JsonNode payload, String by) {
        StartRequest request;
        try {
            request = StartRequest.read(payload, clock.instant());
        } catch (StartRefusedException e) {
            throw RefusedException.badInput(String.valueOf(e.getMessage()), e.field());
        }
        try {
            var answer = starter.start(request);
            if (answer.started()) {
                presses.done(answer.runId(), by, "start");
            } else {
                presses.refused(answer.runId(), by, "start", "this run was active already");
            }
            shared.forget();
            return answer;
        } catch (StartRefusedException e) {
            presses.refused(null, by, "start", String.valueOf(e.getMessage()));
            throw refusal(e);
        }
    }

    /** 409 when something has to be changed first, 503 when something does not answer. */
    private static RefusedException refusal(StartRefusedException e) {
        var what = String.valueOf(e.getMessage());
        if (e.field() != null) {
            return RefusedException.badInput(what, e.field());
        }
        return switch (e.getCause()) {
            case null -> RefusedException.notNow(what);
            case OpenPhoneException.KeyRefused refused -> RefusedException.notNow(what);
            case OpenPhoneException.Rejected rejected -> RefusedException.notNow(what);
            default -> RefusedException.away(what);
        };
    }
}
