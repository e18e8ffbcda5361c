package org.openphoneimport.document;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the workspace says about a field that it added to contacts.
 *
 * @param key names it within contacts
 * @param type address, boolean, date, multi-select, number, string or url
 * @param payload the document as received
 */
@RegisterForReflection
public record CustomFieldDocument(String key, @Nullable String name, @Nullable String type, JsonNode payload) {

    public static CustomFieldDocument read(Fields fields) {
        var name = fields.text("name");
        var key = fields.text("key");
        return new CustomFieldDocument(key != null ? key : name != null ? name : fields.id(), name, fields.text("type"),
                fields.payload());
    }
}
