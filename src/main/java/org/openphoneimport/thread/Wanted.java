package org.openphoneimport.thread;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is searched for, as it was typed: a telephone number, a name, words of a message, or an id of OpenPhone.
 *
 * @param text without characters that cannot be stored
 * @param words in small letters
 * @param digits of a telephone number or a part of one, without the prefix for calls abroad; empty when it is none
 */
public record Wanted(String text, List<String> words, String digits) {

    // Each is compared with each name.
    private static final int MOST_WORDS = 10;
    private static final int LONGEST = 200;
    private static final int FEWEST_DIGITS = 3;

    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final Pattern NUMBER = Pattern.compile("[\\d\\s+()./\u2010-\u2015\u00a0-]+");

    /** Of anything that can be typed. */
    public static Wanted of(String typed) {
        var text = UNSTORABLE.matcher(typed).replaceAll(" ").strip();
        text = text.length() <= LONGEST ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
        var words = Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+")).filter(word -> !word.isEmpty()).limit(MOST_WORDS);
        return new Wanted(text, words.toList(), digits(text));
    }

    private static String digits(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return "";
        }
        var digits = text.replaceAll("\\D", "");
        return digits.length() < FEWEST_DIGITS ? "" : digits.startsWith("00") ? digits.substring(2) : digits;
    }

    /** Whether everything is wanted. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Whether its last word may be the beginning of a longer one: of shorter ones nearly everything is. */
    boolean endsInPrefix() {
        return !words.isEmpty() && words.getLast().length() >= FEWEST_DIGITS;
    }
}
