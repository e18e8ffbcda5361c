package org.openphoneimport.testsupport;

import java.util.Map;
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

    /** Whether a column is true. */
    public boolean is(String column) {
        return Boolean.TRUE.equals(get(column));
    }
}
