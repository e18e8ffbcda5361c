package org.openphoneimport.verification;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One difference between what OpenPhone has and what we have.
 *
 * @param subject what it is about: conversation, message, call, activity, phone number, media
 * @param subjectId its OpenPhone id
 * @param finding a sentence
 * @param conversationId where it belongs to, null when it belongs to none
 * @param checkName the check that found it
 */
@RegisterForReflection
record Discrepancy(String kind, String subject, String subjectId, String finding, @Nullable String conversationId,
        String checkName) {

    /** What kind of difference. Only the first two can be repaired, and fail a run. */
    enum Kind {
        /** OpenPhone has it and we do not. */
        MISSING,
        /** What we have says something else. */
        DIFFERENT,
        /** OpenPhone refuses to give it, or its API does not. */
        UNAVAILABLE,
        /** The same, and an operator has accepted not to have it. */
        ACCEPTED,
        /** It came, or changed, after the run. */
        NEWER,
        /** It will be tried again by itself. */
        WAITING,
        /** We have it and OpenPhone does not show it any more. */
        ABSENT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Discrepancy of(Kind kind, String subject, String subjectId, String finding, @Nullable String conversationId,
            Check check) {
        return new Discrepancy(kind.text(), subject, subjectId, finding, conversationId, check.text());
    }
}
