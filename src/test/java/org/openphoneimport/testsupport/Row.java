package org.openphoneimport.testsupport;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A row, its values as JDBC has them. */
public record Row(Map<String, @Nullable Object> columns) {

    /** The value of a column, possibly null. */
    public @Nullable Object get(String column) {
        if (!columns.containsKey(column)) {
            throw new IllegalArgumentException("There is no column " + column + " in " + columns.keySet());
        }
        return columns.get(column);
    }

    /** A value as text; {@code null} for null. */
    public String text(String column) {
        return String.valueOf(get(column));
    }

    /** A number; -1 for null. */
    public long number(String column) {
        return get(column) instanceof Number number ? number.longValue() : -1;
    }

    public UUID uuid(String column) {
        return UUID.fromString(text(column));
    }

    /** A moment; not null. */
    public Instant time(String column) {
        return ((Timestamp) Objects.requireNonNull(get(column), column)).toInstant();
    }

    /** Whether a column is true. */
    public boolean is(String column) {
        return Boolean.TRUE.equals(get(column));
    }
}
