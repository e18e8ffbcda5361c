package org.openphoneimport.document;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * When one of the workspace's numbers is open, and where it may call and text.
 *
 * @param phoneNumberId {@code PN...}
 * @param enabled whether the hours are in use
 * @param timezone IANA
 * @param schedule by day of the week, each with start and end, or null when closed; null where there is none
 * @param restrictions where it may call and text
 * @param payload the document of the number as received
 */
@RegisterForReflection
public record NumberHoursDocument(String phoneNumberId, @Nullable Boolean enabled, @Nullable String timezone,
        @Nullable JsonNode schedule, @Nullable JsonNode restrictions, JsonNode payload) {

    public static NumberHoursDocument read(String phoneNumberId, Fields fields) {
        var hours = fields.inner("businessHours");
        return new NumberHoursDocument(phoneNumberId, hours.flag("enabled"), hours.text("timezone"),
                hours.inner("schedule").payloadIfObject(), fields.inner("restrictions").payloadIfObject(), fields.payload());
    }
}
