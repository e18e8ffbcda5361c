package org.openphoneimport.reading;

/** One thing of a batch that has not been read to its end. */
public sealed interface OpenItem permits OpenConversation, OpenCall, OpenContact, OpenSlice {

    /** Its OpenPhone id, if it has one. */
    String id();

    /** What many of its kind are called in a sentence. */
    String kind();
}
