package org.openphoneimport.media;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** What became of a try to take a file. */
sealed interface MediaClaim {

    /**
     * It is ours.
     *
     * @param owner names this claim; a later one has another
     * @param type MIME, as what points to it has it
     * @param attempt which one this is, from 1
     * @param urlAsked whether OpenPhone has been asked for its URL again and the host denied that one, too
     * @param reported whether it had been said that it waits
     */
    record Held(long id, UUID owner, String subject, String subjectId, int position, String url, @Nullable String type,
            int attempt, boolean urlAsked, boolean reported) implements MediaClaim {

        /** As people see it: {@code message/AC123/0}. */
        String name() {
            return subject + "/" + subjectId + "/" + position;
        }

        /** Where it is stored. */
        String key() {
            return StorageKey.of(subject, subjectId, position);
        }

        Held under(String newUrl) {
            return new Held(id, owner, subject, subjectId, position, newUrl, type, attempt, true, reported);
        }
    }

    /** There is nothing to do for this record, and that is right: stored, not due, or of a run that stands still. */
    record NotNeeded(String why) implements MediaClaim {
    }

    /** Downloads of it died too often; it has failed now. */
    record WornOut() implements MediaClaim {
    }

    /** There is no such file. */
    record Unknown() implements MediaClaim {
    }
}
