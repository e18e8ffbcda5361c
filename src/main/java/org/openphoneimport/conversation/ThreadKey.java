package org.openphoneimport.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A number and its other parties in one word, whatever order they come in: what OpenPhone can be asked for. */
public final class ThreadKey {

    // Callers who do not show their number; some lists write them large and others small.
    private static final Set<String> HIDDEN = Set.of("anonymous", "blocked", "restricted");

    private ThreadKey() {
    }

    /** Null when there is nothing that could be asked for. */
    public static @Nullable String of(@Nullable String phoneNumberId, List<String> parties) {
        if (phoneNumberId == null || parties.isEmpty()) {
            return null;
        }
        return phoneNumberId + " " + String.join(" ", parties.stream().map(ThreadKey::spelt).distinct().sorted().toList());
    }

    private static String spelt(String party) {
        var small = party.toLowerCase(Locale.ROOT);
        return HIDDEN.contains(small) ? small : party;
    }
}
