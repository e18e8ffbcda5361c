package org.openphoneimport.page;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.NoticesView;

/**
 * Where notices go, for people who do not look at the page.
 *
 * @param sentence where notices go, or that they are not configured
 * @param trouble why the last one could not be delivered; null where it was
 * @param configured whether a test can be sent
 */
public record NoticeLine(String sentence, @Nullable String trouble, boolean configured) {

    static NoticeLine of(NoticesView notices) {
        return new NoticeLine(notices.sentence(), notices.trouble(), notices.configured());
    }
}
