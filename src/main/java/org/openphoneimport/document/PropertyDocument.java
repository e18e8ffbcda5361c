package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Something that is known of a contact: a phone number, an e-mail address, the value of a field that the workspace added.
 *
 * @param id without a prefix
 * @param contactId the contact
 * @param type phone-number, email, string, date, boolean, number ...
 * @param name its label, or the name of the field: there is no key
 * @param value as received
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record PropertyDocument(String id, String contactId, @Nullable String type, @Nullable String name,
        @Nullable JsonNode value, @Nullable Instant createdAt, @Nullable Instant updatedAt, List<String> oddities,
        JsonNode payload) implements Document {

    private static final String PHONE_NUMBER = "phone-number";

    public static PropertyDocument read(String contactId, Fields fields) {
        return new PropertyDocument(fields.id(), contactId, fields.text("type"), fields.text("name"),
                fields.payload().get("value"), fields.instant("createdAt"), fields.instant("updatedAt"), fields.oddities(),
                fields.payload());
    }

    /** Whether it is a telephone number that is filled in. */
    public boolean isPhoneNumber() {
        return PHONE_NUMBER.equals(type) && value != null && value.isTextual() && !value.textValue().isBlank();
    }
}
