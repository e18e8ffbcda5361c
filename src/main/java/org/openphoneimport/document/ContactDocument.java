package org.openphoneimport.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An entry of the address book.
 *
 * @param id without a prefix
 * @param phoneNumbers in order
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received, e-mail addresses and custom fields among it
 */
@RegisterForReflection
public record ContactDocument(String id, @Nullable String externalId, @Nullable String source, @Nullable String firstName,
        @Nullable String lastName, @Nullable String company, @Nullable String role, List<Phone> phoneNumbers,
        @Nullable Instant createdAt, @Nullable Instant updatedAt, List<String> oddities, JsonNode payload) implements Document {

    /**
     * A number as it was typed.
     *
     * @param label such as mobile
     * @param value in any form
     */
    public record Phone(@Nullable String label, String value) {
    }

    public static ContactDocument read(Fields fields) {
        var usual = isFlat(fields.document()) ? fields : fields.inner("defaultFields");
        return new ContactDocument(fields.id(), fields.text("externalId"), fields.text("source"), usual.text("firstName"),
                usual.text("lastName"), usual.text("company"), usual.text("role"), numbers(usual),
                fields.instant("createdAt"), fields.instant("updatedAt"),
                Stream.concat(fields.oddities().stream(), usual.oddities().stream()).distinct().toList(), fields.payload());
    }

    /** Whether it is a document of 2026-03-30, which has neither phone numbers nor e-mail addresses. */
    public boolean isFlat() {
        return isFlat(payload);
    }

    private static boolean isFlat(JsonNode document) {
        return document.has("actorId") && !document.has("defaultFields");
    }

    private static List<Phone> numbers(Fields usual) {
        var numbers = new ArrayList<Phone>();
        for (var document : usual.documents("phoneNumbers")) {
            var phone = new Fields(document);
            var value = phone.text("value");
            if (value != null && !value.isBlank()) {
                numbers.add(new Phone(phone.text("name"), value));
            }
        }
        return List.copyOf(numbers);
    }
}
