package org.openphoneimport.local.sample.document;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a colleague wrote about a contact; only the dated API has it.
 *
 * @param id 24 hexadecimal digits, without prefix
 * @param text up to 2,000 characters, mentions as {@code @US…}
 * @param actorId {@code US…}
 */
public record SampleNote(String id, String text, List<Attachment> media, Instant createdAt, Instant updatedAt, String actorId) {

    /** Returns this note with another text, changed at that time. */
    public SampleNote withText(String changed, Instant at) {
        return new SampleNote(id, changed, media, createdAt, at, actorId);
    }

    /**
     * A file that hangs on a note.
     *
     * @param type MIME type
     * @param name as its author called it
     */
    public record Attachment(String url, @Nullable String type, @Nullable String name) {
    }
}
