package org.openphoneimport.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** One parameter of an operation, in the styles that both documents use. */
record Parameter(JsonNode node, References references) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    String name() {
        return node.path("name").asText();
    }

    /** {@code path}, {@code query} or {@code header}. */
    String place() {
        return node.path("in").asText();
    }

    private JsonNode schema() {
        return references.resolve(node.path("schema"));
    }

    private boolean isRequired() {
        return node.path("required").asBoolean();
    }

    /** One value, as what the schema makes of a text. */
    JsonNode of(String text) {
        return of(text, schema());
    }

    private static JsonNode of(String text, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "integer", "number" ->
                text.matches("-?\\d{1,18}") ? JSON.numberNode(Long.parseLong(text)) : JSON.textNode(text);
            case "boolean" -> text.matches("true|false") ? JSON.booleanNode(Boolean.parseBoolean(text)) : JSON.textNode(text);
            default -> JSON.textNode(text);
        };
    }

    /**
     * What a query has of it.
     *
     * @param known receives the names that it takes
     * @return null when the query does not have it
     */
    @Nullable
    JsonNode of(Map<String, List<String>> query, Set<String> known) {
        if (node.path("style").asText().equals("deepObject")) {
            return object(query, known);
        }
        known.add(name());
        var values = query.get(name());
        if (values == null) {
            return null;
        }
        if (!schema().path("type").asText().equals("array")) {
            return values.size() == 1 ? of(values.getFirst()) : JSON.textNode("repeated: " + values);
        }
        var array = JSON.arrayNode();
        boolean commas = !node.path("explode").asBoolean(true);
        for (var value : values) {
            for (var element : commas ? value.split(",", -1) : new String[] { value }) {
                array.add(of(element, references.resolve(schema().path("items"))));
            }
        }
        return array;
    }

    private @Nullable JsonNode object(Map<String, List<String>> query, Set<String> known) {
        var object = JSON.objectNode();
        query.forEach((name, values) -> {
            if (name.startsWith(name() + "[") && name.endsWith("]")) {
                known.add(name);
                object.put(name.substring(name().length() + 1, name.length() - 1), values.size() == 1 ? values.getFirst()
                        : "repeated: " + values);
            }
        });
        return object.isEmpty() ? null : object;
    }

    List<String> violations(@Nullable JsonNode value) {
        if (value == null) {
            return isRequired() ? List.of("missing " + name()) : List.of();
        }
        return references.violations(node.path("schema"), value).stream()
                .map(error -> name() + error.getInstanceLocation() + ": " + error.getMessage()).toList();
    }
}
