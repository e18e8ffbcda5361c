package org.openphoneimport.listing;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;

/**
 * A list that both generations of the API have: one is asked, and where it refuses the list the other is, from its first page
 * to its last. Where the other is to confirm what the first one gives, its pages follow. Tokens of the other carry a mark,
 * since neither generation takes the other's.
 */
final class EitherGeneration {

    private static final String OTHER = "other:";
    private static final String CONFIRMING = "confirming:";
    private static final Set<Integer> NOT_GIVEN = Set.of(402, 403, 404, 410);

    private EitherGeneration() {
    }

    /** Reads a page. */
    @FunctionalInterface
    interface Pages<T> {

        Page<T> read(Caller caller, @Nullable String token);
    }

    /** Whether a token is of a page that confirms what the first one has given. */
    static boolean confirms(@Nullable String token) {
        return token != null && token.startsWith(CONFIRMING);
    }

    /** The token of the first page of the list that a token belongs to; null where that has none. */
    static @Nullable String first(@Nullable String token) {
        return confirms(token) ? CONFIRMING : null;
    }

    /**
     * A page, and whose it is.
     *
     * @param ofOther whether the other one gave it
     */
    record Answer<T>(Page<T> page, boolean ofOther) {
    }

    /**
     * Reads a page.
     *
     * @param token null for the first
     * @param other null when only one may be asked
     * @throws OpenPhoneException of the first one where both refuse
     */
    static <T> Answer<T> read(Caller caller, @Nullable String token, Pages<T> one, @Nullable Pages<T> other) {
        if (token != null && token.startsWith(OTHER) && other != null) {
            return new Answer<>(marked(OTHER, other.read(caller, token.substring(OTHER.length()))), true);
        }
        try {
            return new Answer<>(one.read(caller, token), false);
        } catch (OpenPhoneException.Rejected | OpenPhoneException.Unavailable e) {
            if (token != null || other == null || !isRefusal(e)) {
                throw e;
            }
            try {
                return new Answer<>(marked(OTHER, other.read(caller, null)), true);
            } catch (OpenPhoneException neither) {
                e.addSuppressed(neither);
                throw e;
            }
        }
    }

    /** The same where both are asked: all that the first one gives, if it gives the list, and then all that the other does. */
    static <T> Answer<T> readBoth(Caller caller, @Nullable String token, Pages<T> one, Pages<T> other) {
        if (token != null && confirms(token)) {
            var place = token.substring(CONFIRMING.length());
            return new Answer<>(marked(CONFIRMING, other.read(caller, place.isEmpty() ? null : place)), true);
        }
        var answer = read(caller, token, one, other);
        var page = answer.page();
        return answer.ofOther() || page.nextToken() != null ? answer : new Answer<>(with(page, CONFIRMING), false);
    }

    /** A route that is not there any more is answered with a bare page: the other's answer shows that it is no outage. */
    private static boolean isRefusal(OpenPhoneException e) {
        return switch (e) {
            case OpenPhoneException.Rejected rejected -> NOT_GIVEN.contains(rejected.status());
            case OpenPhoneException.Unavailable unavailable -> unavailable.isBetween();
            default -> false;
        };
    }

    private static <T> Page<T> marked(String mark, Page<T> page) {
        return page.nextToken() == null ? page : with(page, mark + page.nextToken());
    }

    private static <T> Page<T> with(Page<T> page, String nextToken) {
        return new Page<>(page.items(), nextToken, page.unreadable(), page.request(), page.askedAs(), page.namedItself());
    }
}
