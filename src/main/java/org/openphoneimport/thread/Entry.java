package org.openphoneimport.thread;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A message or a call of a thread. */
public sealed interface Entry {

    /** OpenPhone's. */
    String id();

    /** When it was created; null when OpenPhone does not say. */
    @Nullable
    Instant createdAt();

    /**
     * A text.
     *
     * @param id OpenPhone's
     * @param createdAt when it was sent or received
     * @param incoming whether another party sent it
     * @param status as OpenPhone has it; may be null
     * @param from the number that sent it; may be null
     * @param author name of the user who sent it; null for incoming ones
     * @param text its beginning
     * @param length of all of it
     * @param absentSince since when OpenPhone does not show it any more; null while it does
     * @param files the first of its files
     * @param moreFiles how many there are beyond those
     */
    record Message(String id, @Nullable Instant createdAt, boolean incoming, @Nullable String status, @Nullable String from,
            @Nullable String author, String text, long length, @Nullable Instant absentSince, List<StoredFile> files,
            long moreFiles) implements Entry {
    }

    /**
     * A call.
     *
     * @param id OpenPhone's
     * @param createdAt when it began to ring
     * @param incoming whether another party called
     * @param status as OpenPhone has it; may be null
     * @param seconds how long it took; null when OpenPhone does not say
     * @param answered whether it was
     * @param author name of the user who took or made it; may be null
     * @param absentSince since when OpenPhone does not show it any more; null while it does
     * @param recordings of what was said
     * @param voicemails that were left
     * @param dialogue what was said, as OpenPhone understood it
     * @param summary by OpenPhone
     * @param nextSteps that OpenPhone proposes
     * @param lacks parts of it that are not here, such as {@code transcript: waiting}
     */
    record Call(String id, @Nullable Instant createdAt, boolean incoming, @Nullable String status, @Nullable Integer seconds,
            boolean answered, @Nullable String author, @Nullable Instant absentSince, List<Recording> recordings,
            List<Voicemail> voicemails, List<Line> dialogue, List<String> summary, List<String> nextSteps,
            List<LackingPart> lacks)
            implements
                Entry {
    }

    /**
     * A recording of a call.
     *
     * @param id OpenPhone's
     * @param seconds how long it is; null when OpenPhone does not say
     * @param file null when OpenPhone names none
     */
    record Recording(String id, @Nullable Integer seconds, @Nullable StoredFile file) {
    }

    /**
     * A voicemail.
     *
     * @param id OpenPhone's
     * @param seconds how long it is; null when OpenPhone does not say
     * @param transcript null without one
     * @param file null when OpenPhone names none
     */
    record Voicemail(String id, @Nullable Integer seconds, @Nullable String transcript, @Nullable StoredFile file) {
    }

    /**
     * Something that was said.
     *
     * @param speaker name or number; empty when OpenPhone does not say
     * @param seconds from the beginning of the call; null when OpenPhone does not say
     * @param text what
     */
    record Line(String speaker, @Nullable Double seconds, String text) {
    }

    /**
     * A part of a call that is not here.
     *
     * @param kind recordings, voicemail, transcript or summary
     * @param status pending, waiting, refused, failed or unfinished
     */
    record LackingPart(String kind, String status) {
    }
}
