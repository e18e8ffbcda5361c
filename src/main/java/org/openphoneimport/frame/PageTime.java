package org.openphoneimport.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A time on the page: in UTC, and for the page's script so that it can show it in the viewer's own zone.
 *
 * @param at when
 */
public record PageTime(Instant at) {

    private static final DateTimeFormatter DAY = formatter("d MMM yyyy");
    private static final DateTimeFormatter MINUTE = formatter("d MMM yyyy, HH:mm 'UTC'");
    private static final DateTimeFormatter CLOCK = formatter("HH:mm 'UTC'");
    private static final DateTimeFormatter SECOND = formatter("HH:mm:ss 'UTC'");

    public static @Nullable PageTime of(@Nullable Instant at) {
        return at == null ? null : new PageTime(at);
    }

    public String iso() {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 1 Jan 2020, 00:00 UTC}. */
    public String minute() {
        return MINUTE.format(at);
    }

    /** {@code 00:00:00 UTC}. */
    public String second() {
        return SECOND.format(at);
    }

    /** {@code 00:00 UTC}. */
    public String clock() {
        return CLOCK.format(at);
    }

    /** {@code 1 Jan 2020}; a window's edge, which has no zone to be shown in. */
    public String day() {
        return at.truncatedTo(ChronoUnit.DAYS).equals(at) ? DAY.format(at) : MINUTE.format(at);
    }

    /** {@code 1 Jan 2020}. */
    public String date() {
        return DAY.format(at);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }
}
