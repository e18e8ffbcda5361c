package org.openphoneimport.reading;

import org.openphoneimport.openphone.OpenPhone;

/**
 * A conversation of a batch that has not been read to its end.
 *
 * @param thread what OpenPhone is asked for
 * @param checkpoint where reading goes on
 */
public record OpenConversation(String id, OpenPhone.ThreadQuery thread, Checkpoint checkpoint) implements OpenItem {

    @Override
    public String kind() {
        return "conversations";
    }
}
