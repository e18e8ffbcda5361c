package org.openphoneimport.openphone;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.Document;

/**
 * Pages through a list: sees to it that this comes to an end, and that it begins again when a page token has died. What shows
 * that a list does not end is its rows: tokens may be new each time. OpenPhone has been seen to name a next page on the last
 * one.
 */
public final class Paging {

    // Pages may be empty although more follow, where a list is filtered after it was cut: 7,000 conversations are 70 pages.
    private static final int EMPTY_PAGES = 100;

    // What comes in while we page may shift a page of rows; three pages of nothing new are no shift.
    private static final int KNOWN_PAGES = 3;

    // A list of which each hundredth token is refused is read to its end all the same, one that refuses all is given up.
    private static final int BEGINNINGS = 3;

    // A whole list is read without a checkpoint.
    private static final String LIST = "list";

    private final Set<String> tokens = new HashSet<>();
    /**
     * Hashes of ids, since a list may have 100,000 rows: that one is taken for another matters only for whole pages of them.
     */
    private final Set<Integer> rows = new HashSet<>();
    private @Nullable String last;
    private int emptyPages;
    private int knownPages;
    private @Nullable Object begunAgainAt;
    private int beginnings;

    /** What stands on all pages of a list, each item once. */
    public static <T> List<T> all(Function<@Nullable String, Page<T>> ask) {
        var items = new LinkedHashSet<T>();
        var paging = new Paging();
        String token = null;
        while (true) {
            try {
                var page = paging.check(ask.apply(token));
                items.addAll(page.items());
                token = page.nextToken();
                if (token == null) {
                    return List.copyOf(items);
                }
            } catch (OpenPhoneException.Rejected e) {
                if (!paging.beginsAgain(e, token, LIST)) {
                    throw e;
                }
                token = null;
            }
        }
    }

    /**
     * Returns the page; the last one if it is empty and names itself as the next. Throws {@link OpenPhoneException.Rejected}
     * when pages repeat themselves, or go on without bringing anything: asking again would not end either.
     */
    public <T> Page<T> check(Page<T> page) {
        boolean isNew = false;
        for (var item : page.items()) {
            isNew |= rows.add((item instanceof Document document ? document.id() : item.toString()).hashCode());
        }
        emptyPages = page.items().isEmpty() ? emptyPages + 1 : 0;
        knownPages = isNew ? 0 : page.items().isEmpty() ? knownPages : knownPages + 1;
        var next = page.nextToken();
        if (next == null) {
            return page;
        }
        if (page.items().isEmpty() && next.equals(last)) {
            return page.end();
        }
        last = next;
        if (emptyPages >= EMPTY_PAGES || knownPages >= KNOWN_PAGES || !tokens.add(next)) {
            throw new OpenPhoneException.Rejected(page.request(), OpenPhoneException.Rejected.OK,
                    "OpenPhone's pages do not come to an end at " + page.request());
        }
        return page;
    }

    /**
     * Whether the list is read from its first page once more, since a token was refused: tokens do not live for ever. Rows that
     * come again are known by their ids.
     *
     * @param token of the page that was refused; null for the first, where nothing but the list can be meant
     * @param place where reading stands; it begins again three times at each
     */
    public boolean beginsAgain(OpenPhoneException.Rejected refused, @Nullable String token, Object place) {
        if (!refused.isRefusal() || token == null) {
            return false;
        }
        beginnings = place.equals(begunAgainAt) ? beginnings + 1 : 1;
        begunAgainAt = place;
        if (beginnings > BEGINNINGS) {
            return false;
        }
        tokens.clear();
        rows.clear();
        last = null;
        emptyPages = 0;
        knownPages = 0;
        return true;
    }
}
