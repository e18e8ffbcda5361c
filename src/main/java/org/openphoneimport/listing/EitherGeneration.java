package org.openphoneimport.listing;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;

/**
 * A list that both generations of the API have: one is asked, and where it refuses the list the other is, from its first page
 * to its last. Tokens of that one carry a mark, since neither generation takes the other's.
 */
final class EitherGeneration {

    private static final String OTHER = "other:";
    private static final Set<Integer> NOT_GIVEN = Set.of(402, 403, 404, 410);

    private EitherGeneration() {
    }

    /** Reads a page. */
    @FunctionalInterface
    interface Pages<T> {

        Page<T> read(Caller caller, @Nullable String token);
    }

    /**
     * Reads a page.
     *
     * @param token null for the first
     * @param other null when only one may be asked
     * @throws OpenPhoneException of the first one where both refuse
     */
    static <T> Page<T> read(Caller caller, @Nullable String token, Pages<T> one, @Nullable Pages<T> other) {
        if (token != null && token.startsWith(OTHER) && other != null) {
            return marked(other.read(caller, token.substring(OTHER.length())));
        }
        try {
            return one.read(caller, token);
        } catch (OpenPhoneException.Rejected | OpenPhoneException.Unavailable e) {
            if (token != null || other == null || !isRefusal(e)) {
                throw e;
            }
            try {
                return marked(other.read(caller, null));
            } catch (OpenPhoneException neither) {
                e.addSuppressed(neither);
                throw e;
            }
        }
    }

    /** A route that is not there any more is answered with a bare page: the other's answer shows that it is no outage. */
    private static boolean isRefusal(OpenPhoneException e) {
        return switch (e) {
            case OpenPhoneException.Rejected rejected -> NOT_GIVEN.contains(rejected.status());
            case OpenPhoneException.Unavailable unavailable -> unavailable.isBetween();
            default -> false;
        };
    }

    private static <T> Page<T> marked(Page<T> page) {
        return page.nextToken() == null ? page
                : new Page<>(page.items(), OTHER + page.nextToken(), page.unreadable(), page.request(), page.askedAs(),
                        page.namedItself());
    }
}
