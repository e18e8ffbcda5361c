package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * An entry of the address book.
 *
 * @param id 24 hexadecimal digits, without prefix
 */
public record SampleContact(String id, @Nullable String externalId, @Nullable String source, @Nullable String sourceUrl,
        DefaultFields defaultFields, List<CustomField> customFields, Instant createdAt, Instant updatedAt,
        String createdByUserId) {

    /** The fields every contact has. */
    public record DefaultFields(@Nullable String company, List<Item> emails, @Nullable String firstName,
            @Nullable String lastName, List<Item> phoneNumbers, @Nullable String role) {
    }

    /** An e-mail address or a phone number with its label. */
    public record Item(String name, @Nullable String value, @JsonInclude(Include.NON_NULL) @Nullable String id) {
    }

    /**
     * A field the workspace added.
     *
     * @param type address, boolean, date, multi-select, number, string or url
     * @param value string, boolean, number or list of strings, by type
     */
    public record CustomField(String name, @JsonInclude(Include.NON_NULL) @Nullable String key,
            @JsonInclude(Include.NON_NULL) @Nullable String id, String type, @Nullable Object value) {
    }

    /** What the workspace says about a field it added. */
    public record Definition(String name, String key, String type) {
    }
}
