package org.openphoneimport.call;

import java.util.Locale;

/** What can belong to a call, each a request of its own. */
public enum PartKind {
    /** A segment each. */
    RECORDINGS("recordings"),
    /** What was said. */
    TRANSCRIPT("transcripts"),
    /** The call in short. */
    SUMMARY("summaries"),
    /** What a caller left. */
    VOICEMAIL("voicemails");

    private final String many;

    PartKind(String many) {
        this.many = many;
    }

    /** As it stands in {@code call_parts}. */
    public static PartKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** As it stands in {@code call_parts}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Several of them, in a sentence. */
    public String many() {
        return many;
    }

    /** Whether some plans of OpenPhone have no such thing. */
    public boolean dependsOnPlan() {
        return this == TRANSCRIPT || this == SUMMARY;
    }
}
