package org.openphoneimport.database;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as Postgres reads them. It holds some that ISO 8601 writes with a sign: those before our era, and after 9999. */
public final class PostgresTime {

    private static final Instant EARLIEST = Instant.parse("-4712-11-24T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+294276-12-31T23:59:59Z");

    private static final DateTimeFormatter FAR = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 6, SignStyle.NOT_NEGATIVE)
            .appendPattern("-MM-dd HH:mm:ss.SSSSSSSSS'+00'")
            .toFormatter(Locale.ROOT);

    private PostgresTime() {
    }

    /** Whether Postgres can hold it. */
    public static boolean holds(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    /** For {@code CAST(... AS timestamptz)}. */
    public static String text(Instant time) {
        var utc = time.atOffset(ZoneOffset.UTC);
        if (utc.getYear() > 0 && utc.getYear() <= 9999) {
            return time.toString();
        }
        return FAR.format(utc) + (utc.getYear() <= 0 ? " BC" : "");
    }
}
