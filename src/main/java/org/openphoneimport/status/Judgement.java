package org.openphoneimport.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The answer to "can we go live?" in one sentence. A time stands apart, so that the page can show it in the viewer's own zone.
 *
 * @param outlook what it comes to
 * @param before the sentence, or what stands before the time
 * @param at the time; null where the sentence has none
 * @param precise whether the time has a date; one that is less than half a day away needs none
 * @param after what stands after the time
 */
public record Judgement(Outlook outlook, String before, @Nullable Instant at, boolean precise, String after) {

    private static final Duration NEAR = Duration.ofHours(12);
    private static final DateTimeFormatter CLOCK = formatter("HH:mm 'UTC'");
    private static final DateTimeFormatter MINUTE = formatter("d MMM yyyy, HH:mm 'UTC'");

    /** What it comes to. */
    public enum Outlook {
        /** Nothing has been imported yet. */
        EMPTY,
        /** A run reads. */
        BUSY,
        /** Nothing speaks against it. */
        SAFE,
        /** Something is not here or not as it should be, and either comes automatically or cannot be brought. */
        NOT_YET,
        /** Something is missing that can be brought. */
        MISSING
    }

    static Judgement of(Outlook outlook, String sentence) {
        return new Judgement(outlook, sentence, null, false, "");
    }

    static Judgement of(Outlook outlook, String before, Instant at, Instant now, String after) {
        return new Judgement(outlook, before, at, Duration.between(at, now).abs().compareTo(NEAR) >= 0, after);
    }

    /** All of it, with the time in UTC. */
    public String sentence() {
        return at == null ? before : before + time() + after;
    }

    /** {@code 03:36 UTC}, or with its date. */
    public String time() {
        return at == null ? "" : (precise ? MINUTE : CLOCK).format(at);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }
}
