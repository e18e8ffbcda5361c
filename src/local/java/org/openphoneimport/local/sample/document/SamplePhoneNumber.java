package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One of the workspace's own numbers.
 *
 * @param id {@code PN…}
 * @param groupId {@code GR…}
 * @param number E.164
 * @param users who may read what went over this number
 */
public record SamplePhoneNumber(String id, String groupId, @Nullable String portRequestId, @Nullable String formattedNumber,
        @Nullable String forward, String name, String number, @Nullable String portingStatus, @Nullable String symbol,
        List<Member> users, Instant createdAt, Instant updatedAt, Restrictions restrictions) {

    /** Answers whether that user may read what went over this number. */
    public boolean hasMember(String userId) {
        return users.stream().anyMatch(user -> user.id().equals(userId));
    }

    /** A user as a phone number shows it. */
    public record Member(String email, @Nullable String firstName, String groupId, String id, @Nullable String lastName,
            String role) {
    }

    /** Where this number may call and text. */
    public record Restrictions(Regions calling, Regions messaging) {
    }

    /** {@code restricted} or {@code unrestricted}, by region; the components are named as in the JSON. */
    public record Regions(String CA, String Intl, String US) {
    }
}
