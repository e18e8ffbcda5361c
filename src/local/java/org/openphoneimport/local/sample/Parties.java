package org.openphoneimport.local.sample;

import java.util.List;

/**
 * Who talks with whom: what a message list is asked for by. Several conversations may have the same parties.
 *
 * @param participants sorted, without the own number
 */
record Parties(String phoneNumberId, List<String> participants) {

    Parties {
        participants = participants.stream().sorted().toList();
    }
}
