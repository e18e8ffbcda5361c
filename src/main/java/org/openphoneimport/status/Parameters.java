package org.openphoneimport.status;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Reads what stands in an address; throws {@link RefusedException} with a sentence about what should stand there. */
public final class Parameters {

    private Parameters() {
    }

    /** The id of a run. */
    public static UUID run(String id) {
        return uuid(id).orElseThrow(() -> RefusedException.unknown("There is no run " + shortened(id)));
    }

    static UUID deadLetter(String id) {
        return uuid(id).orElseThrow(() -> RefusedException.unknown("There is no dead letter " + shortened(id)));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            // It takes "1-1-1-1-1", too.
            return Optional.of(UUID.fromString(id)).filter(uuid -> uuid.toString().equalsIgnoreCase(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static long issue(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw RefusedException.unknown("There is no issue " + shortened(id));
        }
    }

    /** One of some words; null where there is none. */
    public static @Nullable String oneOf(@Nullable String value, String field, List<String> allowed) {
        if (value == null || value.isEmpty() || allowed.contains(value)) {
            return value == null || value.isEmpty() ? null : value;
        }
        throw RefusedException.badInput(
                "%s must be %s, not %s".formatted(field, String.join(" or ", allowed), shortened(value)),
                field);
    }

    /**
     * How many rows are wanted.
     *
     * @param usual where nothing stands
     * @param most that may be asked for
     */
    public static int limit(@Nullable String value, int usual, int most) {
        var number = number(value, "limit");
        if (number == null) {
            return usual;
        }
        if (number < 1) {
            throw RefusedException.badInput("limit must be a number from 1 to " + most + ", not " + number, "limit");
        }
        return (int) Math.min(number, most);
    }

    /** The number of a page of a list, from 1; whatever cannot be one is the first. */
    public static int page(@Nullable String value) {
        return value != null && value.matches("[1-9]\\d{0,6}") ? Integer.parseInt(value) : 1;
    }

    /** A whole number; null where there is none. */
    public static @Nullable Long number(@Nullable String value, String field) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw RefusedException.badInput(field + " must be a number, not " + shortened(value), field);
        }
    }

    private static String shortened(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "...";
    }
}
