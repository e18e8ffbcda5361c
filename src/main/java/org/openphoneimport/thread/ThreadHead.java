package org.openphoneimport.thread;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What stands above a thread.
 *
 * @param id OpenPhone's
 * @param ownNumber the workspace's own number; null when it is not stored
 * @param ownName its name; may be null
 * @param ownId OpenPhone's id of that number; null when OpenPhone does not name it
 * @param participants the other parties, as numbers
 * @param name that the conversation was given; null as a rule
 * @param lastActivityId of its last message or call, as OpenPhone lists it
 * @param deletedAt when it was deleted in OpenPhone; null when it was not
 * @param absentSince since when OpenPhone does not list it any more; null while it does
 * @param messages how many are stored
 * @param calls how many are stored
 * @param contacts with a number of these parties
 */
public record ThreadHead(String id, @Nullable String ownNumber, @Nullable String ownName, @Nullable String ownId,
        List<String> participants, @Nullable String name, @Nullable String lastActivityId, @Nullable Instant deletedAt,
        @Nullable Instant absentSince, long messages, long calls, List<Contact> contacts) {

    /**
     * A contact with the number of a party.
     *
     * @param id OpenPhone's
     * @param name first and last, or that of the company; empty without any
     * @param company null when it has none, or is named by it
     * @param role null when it has none
     * @param number of the party
     */
    @RegisterForReflection
    public record Contact(String id, String name, @Nullable String company, @Nullable String role, String number) {
    }
}
