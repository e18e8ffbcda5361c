package org.openphoneimport.thread;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A file that a message, a recording or a voicemail points to.
 *
 * @param id its address has it
 * @param subject message, recording or voicemail
 * @param subjectId OpenPhone's id of that
 * @param position which of its files, from 0
 * @param status pending, stored or failed
 * @param type MIME, as its host declared it, else as OpenPhone does; null when neither has said
 * @param size in bytes; null until it is stored
 * @param finding why it is not here; null when it is, or was not tried yet
 * @param key of the file in the store; null until it is stored
 */
@RegisterForReflection
public record StoredFile(long id, String subject, String subjectId, int position, String status, @Nullable String type,
        @Nullable Long size, @Nullable String finding, @Nullable String key) {

    /** Whether it can be had. */
    public boolean isStored() {
        return status.equals("stored") && key != null && size != null;
    }
}
