package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How well that is known which is not read with every run: conversations that OpenPhone lists as unchanged, users, contacts and
 * tasks, and what hangs on contacts and numbers.
 *
 * @param unchangedUntil up to when that conversation was read which was read longest ago, itself or by a list of the whole
 *        workspace; null before the first
 * @param listsUntil up to when the oldest of the lists of users, contacts, custom fields, tasks and the organization was read;
 *        null before the first
 * @param partsUntil when OpenPhone was asked for what hangs on contacts and numbers, where that is longest ago; null where
 *        nothing
 *        hangs on any
 * @param unconfirmed the lists that only one API gave although both were to be asked
 */
@RegisterForReflection
public record Surroundings(@Nullable Instant unchangedUntil, @Nullable Instant listsUntil, @Nullable Instant partsUntil,
        List<String> unconfirmed) {

    /** Nothing to tell of. */
    public static final Surroundings NONE = new Surroundings(null, null, null, List.of());

    private static final Duration LITTLE = Duration.ofMinutes(1);

    /**
     * What was read earlier than all else, to be read after a sentence that names a time:
     * {@code (contacts, users and tasks as of
     * 5 hours before)}.
     *
     * @param until that time
     * @return empty where nothing was read more than a minute earlier
     */
    public String earlier(@Nullable Instant until) {
        var words = new ArrayList<String>();
        add(words, "conversations that OpenPhone lists as unchanged", unchangedUntil, until);
        add(words, "contacts, users and tasks", listsUntil, until);
        add(words, "notes of contacts and settings of numbers", partsUntil, until);
        return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
    }

    private static void add(List<String> words, String what, @Nullable Instant read, @Nullable Instant until) {
        if (read != null && until != null && Duration.between(read, until).compareTo(LITTLE) > 0) {
            words.add(what + " as of " + rounded(Duration.between(read, until)) + " before");
        }
    }

    private static String rounded(Duration age) {
        return age.toHours() < 2 ? counted(age.toMinutes(), "minute")
                : age.toDays() < 2 ? counted(age.toHours(), "hour") : counted(age.toDays(), "day");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
