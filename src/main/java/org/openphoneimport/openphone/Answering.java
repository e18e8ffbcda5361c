package org.openphoneimport.openphone;

/** What OpenPhone answers while it does not answer something. */
public enum Answering {
    /** Nothing: it is away, which says nothing about what it was asked for. */
    NOTHING,
    /** Something simple. Whether it answers others of that kind is not known. */
    SOMETHING,
    /** Others of that kind. */
    OTHERS
}
