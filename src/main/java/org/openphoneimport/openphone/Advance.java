package org.openphoneimport.openphone;

import java.util.HashSet;
import java.util.Set;

/** Sees to it that paging comes to an end: OpenPhone has been seen to name a next page on the last one. */
public final class Advance {

    // Pages may be empty although more follow, but hardly so many in a row.
    private static final int EMPTY_PAGES = 20;

    private final Set<String> tokens = new HashSet<>();
    private int emptyPages;

    /** Throws {@link OpenPhoneException.Unavailable} when pages repeat themselves, or go on without bringing anything. */
    public <T> Page<T> check(Page<T> page) {
        emptyPages = page.items().isEmpty() ? emptyPages + 1 : 0;
        if (page.nextToken() != null && (emptyPages >= EMPTY_PAGES || !tokens.add(page.nextToken()))) {
            throw new OpenPhoneException.Unavailable(page.request(),
                    "OpenPhone's pages do not come to an end at " + page.request());
        }
        return page;
    }
}
