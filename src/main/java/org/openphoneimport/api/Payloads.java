package org.openphoneimport.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What requests may hold, for the OpenAPI document: they are read field by field, so that a wrong one is named in a sentence.
 */
final class Payloads {

    private Payloads() {
    }

    /**
     * Starts a run.
     *
     * @param type historical, the default, or reconciliation
     * @param from messages and calls that were created from then on: a date, or a time with its zone
     * @param to and before then
     * @param clear the first 8 characters of the last run's id; empties before what was imported
     */
    record StartPayload(@Nullable String type, @Nullable String from, @Nullable String to, @Nullable String clear) {
    }

    /**
     * Verifies a run.
     *
     * @param full whether everything is read again and compared
     */
    record VerifyPayload(@Nullable Boolean full) {
    }

    /**
     * Accepts what OpenPhone does not give.
     *
     * @param reason why it may stay away
     * @param ids what of it; all where it is left out
     */
    record AcceptPayload(String reason, @Nullable List<String> ids) {
    }

    /**
     * Clears what was imported.
     *
     * @param confirm the first 8 characters of the last run's id
     */
    record ClearPayload(String confirm) {
    }
}
