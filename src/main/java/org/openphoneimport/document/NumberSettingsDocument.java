package org.openphoneimport.document;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Whether calls of a number are recorded, and how callers are told. It is the state of now: nothing tells that of earlier.
 *
 * @param phoneNumberId {@code PN...}
 * @param autoRecord whether calls are recorded unasked; null when OpenPhone does not say
 * @param disclosureInbound how callers are told, such as voice
 * @param disclosureOutbound how those who are called are told
 * @param payload the document as received
 */
@RegisterForReflection
public record NumberSettingsDocument(String phoneNumberId, @Nullable Boolean autoRecord, @Nullable String disclosureInbound,
        @Nullable String disclosureOutbound, JsonNode payload) {

    public static NumberSettingsDocument read(String phoneNumberId, Fields fields) {
        var disclosure = fields.inner("callDisclosure");
        return new NumberSettingsDocument(phoneNumberId, fields.flag("autoRecord"), disclosure.text("inbound"),
                disclosure.text("outbound"), fields.payload());
    }
}
