package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A follow-up. v1 tells its state with two booleans and its revision in a text, the API of 2026-03-30 with a word and a number.
 *
 * @param id {@code TK...}
 * @param status open, completed or deleted
 * @param assignedTo {@code US...} or {@code SYU...}
 * @param revision grows with every change; there is no time of the last one
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
@RegisterForReflection
public record TaskDocument(String id, @Nullable String title, @Nullable String description, @Nullable String status,
        @Nullable Instant dueDate, @Nullable String assignedTo, @Nullable String assignedBy, @Nullable String createdBy,
        @Nullable Instant createdAt, @Nullable String conversationId, @Nullable String phoneNumberId,
        @Nullable String activityId, @Nullable Long revision, List<String> oddities, JsonNode payload) implements Document {

    private static final Set<String> STATUSES = Set.of("open", "completed", "deleted");

    public static TaskDocument read(Fields fields) {
        return new TaskDocument(id(fields), fields.text("title"), fields.text("description"), status(fields),
                fields.instant("dueDate"), fields.text("assignedTo"), fields.text("assignedBy"), fields.text("createdBy"),
                fields.instant("createdAt"), fields.text("conversationId"), fields.text("phoneNumberId"),
                fields.text("activityId"), revision(fields), fields.oddities(), fields.payload());
    }

    private static String id(Fields fields) {
        var id = fields.text("taskId");
        return id == null || id.isBlank() ? fields.id() : id;
    }

    private static @Nullable String status(Fields fields) {
        if (fields.document().path("isDeleted").isBoolean() && !fields.document().hasNonNull("status")) {
            return fields.document().path("isDeleted").booleanValue() ? "deleted"
                    : fields.document().path("completed").booleanValue() ? "completed" : "open";
        }
        return fields.oneOf("status", STATUSES);
    }

    private static @Nullable Long revision(Fields fields) {
        var text = fields.text("revision");
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            fields.odd("revision is not a number: " + text);
            return null;
        }
    }
}
