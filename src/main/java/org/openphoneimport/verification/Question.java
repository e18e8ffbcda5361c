package org.openphoneimport.verification;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.OpenPhone;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Something that OpenPhone has to be asked for, to know what a difference means. */
sealed interface Question {

    /** As in the table. */
    String kind();

    String subjectId();

    /** The conversation it is about. */
    String conversation();

    /**
     * The last activity of a conversation is not stored.
     *
     * @param group whether it is a conversation of several, whose calls OpenPhone does not give
     */
    @RegisterForReflection
    record Activity(String subjectId, String conversation, boolean group) implements Question {
        @Override
        public String kind() {
            return "activity";
        }
    }

    /**
     * What is stored of a conversation is in doubt.
     *
     * @param phoneNumberId the workspace's own number; null when nothing can be asked for
     * @param participants the other parties
     * @param sampled whether nothing speaks against it: it was chosen at random, to be compared with what the witness has
     */
    record Conversation(String conversation, @Nullable String phoneNumberId, List<String> participants, boolean sampled)
            implements
                Question {
        @Override
        public String kind() {
            return "conversation";
        }

        @Override
        public String subjectId() {
            return conversation;
        }

        /** @param askAs a user who may read it, or null for the key's owner */
        OpenPhone.ThreadQuery query(@Nullable String ownNumber, @Nullable String askAs) {
            var others = participants.stream().distinct().filter(party -> !party.equals(ownNumber)).sorted().toList();
            return new OpenPhone.ThreadQuery(String.valueOf(phoneNumberId), others.isEmpty() ? participants : others, askAs,
                    null, null);
        }
    }
}
