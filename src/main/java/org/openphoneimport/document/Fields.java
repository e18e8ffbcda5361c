package org.openphoneimport.document;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.PostgresTime;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One document as received, read field by field. What does not fit is noted and left to the payload: an unknown value or a
 * missing field never fails a row.
 */
public final class Fields {

    /** As ISO 8601 allows it, and Java's parser does not. */
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("([+-]\\d{2})(\\d{2})$");

    private final JsonNode document;
    private final List<String> oddities = new ArrayList<>();

    public Fields(JsonNode document) {
        this.document = document;
    }

    /** The id. A document without one gets one made of what it says, the same each time: nothing is lost. */
    String id() {
        return id("unidentified-" + UUID.nameUUIDFromBytes(document.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The id, or another for a document without one. */
    String id(String otherwise) {
        var id = document.path("id");
        if ((id.isTextual() || id.isNumber()) && !id.asText().isBlank()) {
            return Storable.text(id.asText());
        }
        oddities.add("has no id");
        return otherwise;
    }

    /** A text that may be null or missing. */
    @Nullable
    String text(String name) {
        var value = document.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            oddities.add(name + " is not a text");
            return null;
        }
        var storable = Storable.text(value.asText());
        if (!storable.equals(value.asText())) {
            oddities.add(name + " holds characters that Postgres cannot store");
        }
        return storable;
    }

    /** A text of a known set. An unknown one is kept as it is. */
    @Nullable
    String oneOf(String name, Set<String> known) {
        var value = text(name);
        if (value == null) {
            oddities.add("has no " + name);
        } else if (!known.contains(value)) {
            oddities.add(name + " has the unknown value " + value);
        }
        return value;
    }

    @Nullable
    Instant instant(String name) {
        var value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return storable(OffsetDateTime.parse(OFFSET_WITHOUT_COLON.matcher(value).replaceFirst("$1:$2")).toInstant());
        } catch (DateTimeException e) {
            oddities.add(name + " is not a date: " + value);
            return null;
        }
    }

    /** A date that every such document has. */
    @Nullable
    Instant requiredInstant(String name) {
        if (!document.hasNonNull(name)) {
            oddities.add("has no " + name);
        }
        return instant(name);
    }

    @Nullable
    Integer integer(String name) {
        var value = document.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || !value.canConvertToInt()) {
            oddities.add(name + " is not a number of seconds");
            return null;
        }
        return value.asInt();
    }

    @Nullable
    Double decimal(String name) {
        var value = document.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            oddities.add(name + " is not a number of seconds");
            return null;
        }
        return value.doubleValue();
    }

    /** Yes or no; null when it is neither. */
    @Nullable
    Boolean flag(String name) {
        var value = document.path(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (!value.isMissingNode() && !value.isNull()) {
            oddities.add(name + " is neither true nor false");
        }
        return null;
    }

    /** An array as Postgres can keep it; null when there is none. */
    @Nullable
    JsonNode array(String name) {
        var value = document.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isArray()) {
            oddities.add(name + " is not a list");
            return null;
        }
        return Storable.json(value);
    }

    /** A document inside of this one; empty when there is none. */
    Fields inner(String name) {
        return new Fields(document.path(name));
    }

    /** Texts of an array; one text alone counts as an array of one. */
    List<String> texts(String name) {
        var value = document.path(name);
        if (value.isTextual()) {
            return List.of(Storable.text(value.asText()));
        }
        var texts = new ArrayList<String>();
        for (var element : value) {
            if (element.isTextual()) {
                texts.add(Storable.text(element.asText()));
            } else {
                oddities.add(name + " holds something that is not a text");
            }
        }
        return List.copyOf(texts);
    }

    /** A document within this one; null when it is missing, or something else stands there. */
    @Nullable
    Fields object(String name) {
        return document.path(name).isObject() ? new Fields(document.path(name)) : null;
    }

    /** Documents inside of this one; empty when there are none. */
    List<JsonNode> documents(String name) {
        var documents = new ArrayList<JsonNode>();
        document.path(name).forEach(documents::add);
        return documents;
    }

    /** The document as received. */
    public JsonNode document() {
        return document;
    }

    /** Notes what does not fit and only its reader knows of. */
    void odd(String oddity) {
        oddities.add(oddity);
    }

    /** What did not fit, to be read after the subject: "status has the unknown value lost". */
    List<String> oddities() {
        return List.copyOf(oddities);
    }

    /** The document as Postgres can keep it. */
    JsonNode payload() {
        return Storable.json(document);
    }

    /** The same, null where no document stands. */
    @Nullable
    JsonNode payloadIfObject() {
        return document.isObject() ? payload() : null;
    }

    private static Instant storable(Instant instant) {
        if (!PostgresTime.holds(instant)) {
            throw new DateTimeException("Postgres cannot hold it");
        }
        return instant;
    }
}
