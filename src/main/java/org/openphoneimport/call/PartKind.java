package org.openphoneimport.call;

import java.util.Locale;

/** What can belong to a call, each a request of its own. */
public enum PartKind {
    /** Of calls that were answered. */
    RECORDINGS("recordings"),
    /** What was said in calls that were answered. */
    TRANSCRIPT("transcripts"),
    /** Calls that were answered, in short. */
    SUMMARY("summaries"),
    /** Of incoming calls that were not answered. */
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
