package org.openphoneimport.call;

import java.util.Locale;

/** What became of the question for a part of a call. */
public enum PartStatus {
    /** It is to be asked for. */
    PENDING,
    /** OpenPhone is still working on it: it is asked for again later. */
    WAITING,
    /** It is here. */
    STORED,
    /** There is none. */
    NONE,
    /** OpenPhone refuses it: the plan has no such thing, or the key may not read it. */
    REFUSED,
    /** OpenPhone did not give it; an issue says why. */
    FAILED,
    /** OpenPhone has worked on it for two days, or says nothing of it: what came is stored, and is not all. */
    UNFINISHED;

    /** As it stands in {@code call_parts}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
