package org.openphoneimport.reading;

/** One thing of a batch that has not been read to its end. */
public sealed interface OpenItem permits OpenConversation, OpenCall, OpenContact {

    /** Its OpenPhone id. */
    String id();
}
