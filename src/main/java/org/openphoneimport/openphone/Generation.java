package org.openphoneimport.openphone;

import java.util.Arrays;

/** A generation of OpenPhone's API. Ids are the same in both, page tokens are not. */
public enum Generation {
    /** Lists messages and calls of one conversation at a time. */
    V1("v1"),
    /** Lists those of the whole workspace. */
    DATED("2026-03-30");

    private final String text;

    Generation(String text) {
        this.text = text;
    }

    /** The other one. */
    public Generation other() {
        return this == V1 ? DATED : V1;
    }

    /** As in configuration, table and JSON: {@code v1}, {@code 2026-03-30}. */
    public String text() {
        return text;
    }

    /** Throws {@link IllegalArgumentException} when there is none of that name. */
    public static Generation of(String text) {
        return Arrays.stream(values()).filter(generation -> generation.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no API " + text));
    }
}
