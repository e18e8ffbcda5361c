package org.openphoneimport.openphone;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Sees to it that paging comes to an end. What shows that it does not is its rows: tokens may be new each time. OpenPhone has
 * been seen to name a next page on the last one.
 */
public final class Advance {

    // Pages may be empty although more follow, but hardly so many in a row.
    private static final int EMPTY_PAGES = 20;

    // What comes in while we page may shift a page of rows; three pages of nothing new are no shift.
    private static final int KNOWN_PAGES = 3;

    private final Set<String> tokens = new HashSet<>();
    /**
     * Hashes of ids, since a list may have 100,000 rows: that one is taken for another matters only for whole pages of them.
     */
    private final Set<Integer> rows = new HashSet<>();
    private @Nullable String last;
    private int emptyPages;
    private int knownPages;

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
}
