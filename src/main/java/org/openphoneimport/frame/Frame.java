package org.openphoneimport.frame;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.status.RunView;

/**
 * What stands around every page.
 *
 * @param title of the browser's tab, without the application's name
 * @param environment local, staging, production ...
 * @param workspace whose data these are
 * @param icon the address of the tab's icon
 * @param refreshSeconds how often the page is asked for again; 0 for never
 * @param who looks at it
 * @param files that it needs
 * @param truth what the database holds altogether; null on a page that does not read it
 */
public record Frame(String title, String environment, String workspace, String icon, int refreshSeconds, Who who, Files files,
        @Nullable Truth truth) {

    /**
     * The addresses of what every page loads.
     *
     * @param style the style sheet
     * @param htmx the library that asks again and sends forms
     * @param script what we tell it to do with the answers
     */
    public record Files(String style, String htmx, String script) {

        // The library's version stands in the POM, too; if they differ there is no such file.
        static final Files ALL = new Files(Asset.address("/page.css"),
                Asset.address("/webjars/htmx.org/2.0.8/dist/htmx.min.js"), Asset.address("/page.js"));
    }

    // Often enough to see bars grow.
    private static final int WATCHED_SECONDS = 2;

    /** Whether a mistake here would be one with real data. */
    public boolean production() {
        return environment.toLowerCase(java.util.Locale.ROOT).startsWith("prod");
    }

    public boolean live() {
        return refreshSeconds > 0;
    }

    /** Without the page's script all of it is loaded again, which is no pleasure every two seconds. */
    public int reloadSeconds() {
        return Math.max(5, refreshSeconds);
    }

    /** For a page that is read or filled in, and must not change under the reader. */
    public Frame still() {
        return new Frame(title, environment, workspace, icon, 0, who, files, truth);
    }

    /** For a page on which something is about to change. */
    public Frame watched() {
        return new Frame(title, environment, workspace, icon, WATCHED_SECONDS, who, files, truth);
    }

    /** The same, for another user. */
    public Frame seenBy(Who other) {
        return new Frame(title, environment, workspace, icon, refreshSeconds, other, files, truth);
    }

    public Frame titled(String other) {
        return new Frame(other, environment, workspace, icon, refreshSeconds, who, files, truth);
    }

    /** The tab and the pace of a page that shows a run. */
    public Frame about(@Nullable RunView view) {
        if (view == null) {
            return this;
        }
        var percent = Bars.percent(view);
        var headline = Headline.of(view).weighedAgainst(truth);
        boolean active = view.status().isActive();
        return new Frame((active && percent != null ? percent + "% " : "") + headline.status(), environment, workspace,
                "/icon.svg?tone=" + headline.tone() + (active && percent != null ? "&percent=" + percent : ""),
                active || view.working() ? WATCHED_SECONDS : refreshSeconds, who, files, truth);
    }
}
