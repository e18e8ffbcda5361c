package org.openphoneimport.thread;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A line of the list of conversations.
 *
 * @param id OpenPhone's
 * @param activityAt when its last message or call happened; null when that is not known
 * @param ownNumber the workspace's own number; null when it is not stored
 * @param ownName its name; may be null
 * @param participants the other parties, as numbers
 * @param name that the conversation was given; null as a rule
 * @param contacts names of contacts with a number of these parties; null for none
 * @param gone whether it was deleted, or OpenPhone does not list it any more
 * @param messages how many are stored
 * @param calls how many are stored
 * @param excerpt the beginning of the message that was found, or of the newest, or the words around what was found in a call;
 *        null without one
 * @param spoken whether the excerpt is of a call: of its transcript, voicemail or summary
 * @param matchedAt when the message or call was created that was found; null when it was found by something else
 */
public record FoundConversation(String id, @Nullable Instant activityAt, @Nullable String ownNumber, @Nullable String ownName,
        List<String> participants, @Nullable String name, @Nullable String contacts, boolean gone, long messages, long calls,
        @Nullable String excerpt, boolean spoken, @Nullable Instant matchedAt) {

    /** Where the next page begins, if this is the last of one. */
    public Bound bound() {
        return new Bound(activityAt, id);
    }

    /** From where its thread shows the message or call that was found; null when none was. */
    public @Nullable Bound match() {
        return matchedAt == null ? null : Bound.after(matchedAt);
    }
}
