package org.openphoneimport.thread;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.PostgresTime;

/**
 * Where a page of a list begins or ends: the time and the id of a row, which need not exist any more.
 *
 * @param at of the row; null for one without a time, which stands behind all others
 * @param id of the row; of rows with the same time the smaller id is the older one
 */
public record Bound(@Nullable Instant at, String id) {

    private static final String NO_TIME = "none";
    private static final char SEPARATOR = '~';

    /** Behind everything that happened up to a time. */
    static Bound after(Instant at) {
        return new Bound(at.plusNanos(1_000), "");
    }

    /** As an address has it. Empty for what is no bound: a page without one is the first. */
    public static Optional<Bound> read(@Nullable String text) {
        int end = text == null ? -1 : text.indexOf(SEPARATOR);
        if (text == null || end < 0 || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        var id = text.substring(end + 1);
        if (text.substring(0, end).equals(NO_TIME)) {
            return Optional.of(new Bound(null, id));
        }
        try {
            return Optional.of(new Bound(Instant.parse(text.substring(0, end)), id)).filter(Bound::isStorable);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private boolean isStorable() {
        return at == null || PostgresTime.holds(at);
    }

    /** For {@code CAST(... AS timestamptz)}. */
    String time() {
        return at == null ? "-infinity" : PostgresTime.text(at);
    }

    /** As {@link #read} takes it. */
    public String text() {
        return (at == null ? NO_TIME : at.toString()) + SEPARATOR + id;
    }
}
