package org.openphoneimport.verification;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;

/** A last activity as OpenPhone gave it by its id. */
sealed interface FoundActivity {

    /** As verdicts name it: message, call. */
    String subject();

    /** Null when its document does not say. */
    @Nullable
    Instant createdAt();

    default boolean isMessage() {
        return this instanceof OfMessage;
    }

    /** A message. */
    record OfMessage(MessageDocument document) implements FoundActivity {
        @Override
        public String subject() {
            return "message";
        }

        @Override
        public @Nullable Instant createdAt() {
            return document.createdAt();
        }
    }

    /** A call. */
    record OfCall(CallDocument document) implements FoundActivity {
        @Override
        public String subject() {
            return "call";
        }

        @Override
        public @Nullable Instant createdAt() {
            return document.createdAt();
        }
    }
}
