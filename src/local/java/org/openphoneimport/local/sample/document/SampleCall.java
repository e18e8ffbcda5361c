package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A phone call.
 *
 * @param id {@code AC…}, in one id space with messages
 * @param participants the own number included: [contact, own] when incoming, [own, contact] when outgoing
 * @param direction incoming or outgoing
 * @param duration seconds
 * @param answeredBy {@code US…} or, for the AI agent, {@code SYU…}
 * @param callRoute phone-number or phone-menu; null for outgoing calls
 * @param forwardedTo E.164 or {@code US…}
 */
public record SampleCall(@Nullable Instant answeredAt, @Nullable String answeredBy, @Nullable String initiatedBy,
        String direction, String status, @Nullable Instant completedAt, Instant createdAt, @Nullable String callRoute,
        int duration, @Nullable String forwardedFrom, @Nullable String forwardedTo, @Nullable String aiHandled, String id,
        String phoneNumberId, List<String> participants, @Nullable Instant updatedAt, String userId) {

    /** Answers whether a user, or the AI agent, took the call. */
    public boolean answered() {
        return answeredAt != null;
    }

    /** Answers whether more than two parties were on it; v1 refuses to return such a call. */
    public boolean group() {
        return participants.size() > 2;
    }
}
