package org.openphoneimport.verification;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Where a verification stands; the token is that of the next page of conversations, null for the first. */
record VerificationCheckpoint(Stage stage, @Nullable String token) {

    /** What a verification does, in this order. */
    enum Stage {
        /** Asks for the workspace's own numbers. */
        NUMBERS,
        /** Lists all conversations. */
        LISTING,
        /** Lists those that were updated meanwhile. */
        GAP,
        /** Lists all conversations of the other generation of the API. */
        WITNESS,
        /** Finds out what has to be asked for. */
        DOUBTS,
        /** Asks for it. */
        QUESTIONS,
        /** Compares. */
        CONCLUSION,
        /** Has ended. */
        DONE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static VerificationCheckpoint at(Stage stage) {
        return new VerificationCheckpoint(stage, null);
    }

    static VerificationCheckpoint of(String stage, @Nullable String token) {
        return new VerificationCheckpoint(Stage.valueOf(stage.toUpperCase(Locale.ROOT)), token);
    }

    /** After a page of the listing. */
    VerificationCheckpoint after(@Nullable String nextToken) {
        if (nextToken != null) {
            return new VerificationCheckpoint(stage, nextToken);
        }
        return at(switch (stage) {
            case LISTING -> Stage.GAP;
            case GAP -> Stage.WITNESS;
            case NUMBERS, WITNESS, DOUBTS, QUESTIONS, CONCLUSION, DONE -> Stage.DOUBTS;
        });
    }
}
