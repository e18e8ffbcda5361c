package org.openphoneimport.local.sample.http;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Writes documents as the API does: all fields in the order of the record, nulls included, times in ISO 8601. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {
    }

    /** Returns the document as UTF-8. */
    public static byte[] bytes(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write " + document.getClass() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the document as a tree, to compare it with what was received or stored. */
    public static JsonNode tree(Object document) {
        return MAPPER.valueToTree(document);
    }

    /** Returns the document as a tree that can be changed. */
    public static ObjectNode object(Object document) {
        return MAPPER.valueToTree(document);
    }

    /** Returns a tree to be filled. */
    public static ObjectNode emptyObject() {
        return MAPPER.createObjectNode();
    }

    /** Reads JSON; throws {@link UncheckedIOException} if it is none. */
    public static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read JSON: " + e.getMessage(), e);
        }
    }
}
