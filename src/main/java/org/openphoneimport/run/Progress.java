package org.openphoneimport.run;

import org.jspecify.annotations.Nullable;

/**
 * What has been added to a run by one transaction.
 *
 * @param listed conversations that nothing had listed before
 * @param conversations that have been read to their end
 * @param messages that were stored for the first time in this run
 * @param calls likewise
 * @param media files that were found for the first time in this run
 * @param current the conversation that was read last; null when none was
 * @param completed the conversation that came to its end last; null when none did
 */
public record Progress(int listed, int conversations, int messages, int calls, int media, @Nullable String current,
        @Nullable String completed) {

    /** Of files alone. */
    public static Progress ofMedia(int media) {
        return new Progress(0, 0, 0, 0, media, null, null);
    }
}
