package org.openphoneimport.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers, durations and telephone numbers as people read them. */
public final class Format {

    // A text of any length may stand in a row; a page shows so much of it.
    private static final int LONGEST_TEXT = 1_000;

    // OpenPhone's have 34 characters.
    private static final int LONGEST_ID = 80;

    private static final int MOST_NUMBERS = 4;

    private Format() {
    }

    /** {@code 12,043}. */
    public static String exact(long number) {
        return String.format(Locale.US, "%,d", number);
    }

    /** {@code 1 call}, {@code 12,043 calls}. */
    public static String counted(long number, String noun) {
        return exact(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 12,000}: an estimate has no more than two figures. */
    public static String about(long number) {
        return exact(new BigDecimal(number).round(new MathContext(2)).longValue());
    }

    /** {@code 8.9}. */
    public static String rate(double perSecond) {
        return String.format(Locale.US, "%.1f", perSecond);
    }

    /** {@code 1.2 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000 ? exact(Math.round(bytes / 1_000.0)) + " kB"
                : String.format(Locale.US, "%,.1f MB", bytes / 1_000_000.0);
    }

    /** {@code 3 min 20 s}. */
    public static String length(long seconds) {
        return seconds < 60 ? seconds + " s" : "%s min %02d s".formatted(exact(seconds / 60), seconds % 60);
    }

    /** {@code 00:42:15}. */
    public static String clock(Duration duration) {
        return String.format(Locale.US, "%02d:%02d:%02d", duration.toHours(), duration.toMinutesPart(),
                duration.toSecondsPart());
    }

    /** {@code about 35 min}: rounded as far as an estimate can be trusted. */
    public static String roughly(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 50) {
            return "less than a minute";
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 60) {
            return "about " + minutes + " min";
        }
        long rounded = Math.round(minutes / 5.0) * 5;
        return "about %d h %02d min".formatted(rounded / 60, rounded % 60);
    }

    /** {@code +1 617-555-0123}; numbers of other countries as they are. */
    public static String phone(String number) {
        return number.matches("\\+1\\d{10}")
                ? "+1 %s-%s-%s".formatted(number.substring(2, 5), number.substring(5, 8), number.substring(8))
                : number;
    }

    /** Some of them, and how many more there are. */
    public static String phones(List<String> numbers) {
        return numbers.stream().limit(MOST_NUMBERS).map(Format::phone).map(Format::id).collect(Collectors.joining(", "))
                + (numbers.size() > MOST_NUMBERS ? " and %d more".formatted(numbers.size() - MOST_NUMBERS) : "");
    }

    /** The start of a text that may be too long to show. */
    public static String shortened(String text) {
        return shortened(text, LONGEST_TEXT);
    }

    /** The start of what should be an id. */
    public static String id(String text) {
        return shortened(text, LONGEST_ID);
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + " ... (" + exact(text.length() - end) + " characters more)";
    }
}
