package org.openphoneimport.status;

import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param title of the browser's tab, without the application's name
 * @param environment local, staging, production ...
 * @param workspace whose data these are
 * @param icon the address of the tab's icon
 * @param refreshSeconds how often the page is asked for again; 0 for never
 * @param style the address of the style sheet
 * @param script the address of the script
 */
public record Frame(String title, String environment, String workspace, String icon, int refreshSeconds, String style,
        String script) {

    /** Whether a mistake here would be one with real data. */
    public boolean production() {
        return environment.toLowerCase(java.util.Locale.ROOT).startsWith("prod");
    }

    public boolean live() {
        return refreshSeconds > 0;
    }

    /** Without the page's script all of it is loaded again, which nobody can read every two seconds. */
    public int reloadSeconds() {
        return Math.max(5, refreshSeconds);
    }

    /** For a page that is read or filled in, and must not change under the reader. */
    Frame still() {
        return new Frame(title, environment, workspace, icon, 0, style, script);
    }

    Frame titled(String other) {
        return new Frame(other, environment, workspace, icon, refreshSeconds, style, script);
    }

    /** The tab and the pace of a page that shows a run. */
    Frame about(@Nullable RunView view) {
        if (view == null) {
            return this;
        }
        var percent = Bars.percent(view);
        var headline = Headline.of(view);
        boolean active = view.status().isActive();
        return new Frame((active && percent != null ? percent + "% " : "") + headline.status(), environment, workspace,
                "/icon.svg?tone=" + headline.tone() + (active && percent != null ? "&percent=" + percent : ""),
                active ? 2 : refreshSeconds, style, script);
    }
}
