package org.openphoneimport.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Postgres stores neither NUL characters nor lone surrogates, in no text and no JSON. */
final class Storable {

    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {
    }

    /** With U+FFFD in their place. */
    static String text(String text) {
        if (isStorable(text)) {
            return text;
        }
        var storable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            storable.append(isStorable(text, i) ? text.charAt(i) : REPLACEMENT);
        }
        return storable.toString();
    }

    /** With their escapes written out, such as a backslash, {@code u0000}: nothing is lost. Numbers too large become texts. */
    static JsonNode json(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> isStorable(node.textValue()) ? node : JsonNodeFactory.instance.textNode(escaped(node.textValue()));
            case OBJECT -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                node.properties().forEach(field -> copy.set(escaped(field.getKey()), json(field.getValue())));
                yield copy;
            }
            case ARRAY -> {
                var copy = JsonNodeFactory.instance.arrayNode(node.size());
                node.forEach(element -> copy.add(json(element)));
                yield copy;
            }
            case NUMBER -> isStorableNumber(node) ? node : JsonNodeFactory.instance.textNode(node.asText());
            default -> node;
        };
    }

    private static boolean isStorableNumber(JsonNode node) {
        // numeric holds 131,072 digits before the point and 16,383 after it; no duration comes near.
        return !node.isBigDecimal() || Math.abs((long) node.decimalValue().scale()) < 10_000;
    }

    private static String escaped(String text) {
        if (isStorable(text)) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            if (isStorable(text, i)) {
                escaped.append(text.charAt(i));
            } else {
                escaped.append("\\u%04x".formatted((int) text.charAt(i)));
            }
        }
        return escaped.toString();
    }

    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStorable(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c != 0;
    }
}
