package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A thread between one own number and one or more others.
 *
 * @param id {@code CN…}
 * @param phoneNumberId {@code PN…}, possibly of a number that was deleted since
 * @param participants E.164, without the own number
 * @param assignedTo {@code US…} or {@code SYU…}
 * @param lastActivityId {@code AC…}: a message, a call, or a group call that v1 cannot return
 */
public record SampleConversation(@Nullable String assignedTo, @Nullable Instant createdAt, @Nullable Instant deletedAt,
        String id, @Nullable Instant lastActivityAt, @Nullable String lastActivityId, @Nullable Instant mutedUntil,
        @Nullable String name, List<String> participants, String phoneNumberId, @Nullable Instant snoozedUntil,
        @Nullable Instant updatedAt) {

    public SampleConversation {
        participants = List.copyOf(participants);
    }

    /** Returns a conversation of which only the parties are known. */
    public static SampleConversation between(String id, String phoneNumberId, List<String> participants, Instant createdAt) {
        return new SampleConversation(null, createdAt, null, id, null, null, null, null, participants, phoneNumberId, null,
                createdAt);
    }

    /** Returns this conversation as it is after something happened in it; older activity changes nothing. */
    public SampleConversation withActivity(String activityId, Instant at) {
        if (lastActivityAt != null && lastActivityAt.isAfter(at)) {
            return this;
        }
        var updated = updatedAt == null || updatedAt.isBefore(at) ? at : updatedAt;
        return new SampleConversation(assignedTo, createdAt, deletedAt, id, at, activityId, mutedUntil, name, participants,
                phoneNumberId, snoozedUntil, updated);
    }

    /** Returns this conversation, deleted at that time. */
    public SampleConversation deleted(Instant at) {
        return new SampleConversation(assignedTo, createdAt, at, id, lastActivityAt, lastActivityId, mutedUntil, name,
                participants, phoneNumberId, snoozedUntil, at);
    }
}
