package org.openphoneimport.local;

/** How much two words differ. */
final class Spelling {

    /** So many typing mistakes may be made in a name. */
    static final int NEAR = 2;

    private Spelling() {
    }

    /** Returns how many letters have to be added, removed or replaced to make one of the other (Levenshtein). */
    static int distance(String one, String other) {
        var before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
