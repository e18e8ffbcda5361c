package org.openphoneimport.local.sample.document;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A follow-up. Both generations of the API tell the same of it, each in its way.
 *
 * @param id {@code TK…}
 * @param status open, completed or deleted
 * @param assignedTo {@code US…} or {@code SYU…}
 * @param revision grows with every change
 */
public record SampleTask(String id, @Nullable String title, @Nullable String description, String status,
        @Nullable Instant dueDate, @Nullable String assignedTo, @Nullable String assignedBy, String createdBy,
        Instant createdAt, @Nullable String phoneNumberId, @Nullable String conversationId, @Nullable String activityId,
        int revision) {

    /** Returns this task with another status, one revision later. */
    public SampleTask withStatus(String changed) {
        return new SampleTask(id, title, description, changed, dueDate, assignedTo, assignedBy, createdBy, createdAt,
                phoneNumberId, conversationId, activityId, revision + 1);
    }
}
