package org.openphoneimport.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at a page: on a phone and on a wide screen, in the dark and in the light. Pictures are in {@code target/screenshots}.
 * Pictures and axe take most of the time, so a build looks at a page in the dark on a phone, where contrasts are harder, and
 * in the light on a wide screen without axe; the campaign looks at all four, with axe.
 */
public final class Looks {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int PHONE = 390;
    private static final int WIDE = 1440;

    private Looks() {
    }

    /**
     * Looks at a page.
     *
     * @param name of the state, as in the names of the pictures
     */
    public static void at(Page page, String name) {
        at(page, name, Boolean.getBoolean("chaos.full"));
    }

    /** Looks at a page that shows most of what there is as the campaign does. */
    public static void closelyAt(Page page, String name) {
        at(page, name, true);
    }

    private static void at(Page page, String name, boolean closely) {
        for (int width : List.of(PHONE, WIDE)) {
            page.setViewportSize(width, 900);
            var usual = width == PHONE ? ColorScheme.DARK : ColorScheme.LIGHT;
            for (var scheme : closely ? List.of(ColorScheme.LIGHT, ColorScheme.DARK) : List.of(usual)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
                page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve("%s-%d-%s.png"
                        .formatted(name, width, scheme.name().toLowerCase(Locale.ROOT)))));
                if (closely || width == PHONE) {
                    assertThat(new AxeBuilder(page).analyze().getViolations()).as("%s at %d, %s", name, width, scheme)
                            .isEmpty();
                }
            }
            assertThat(
                    page.evaluate("[...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth)"))
                    .as("tables of %s are not cut at %d", name, width).isEqualTo(true);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("%s fits %d", name, width)
                    .isEqualTo(true);
        }
    }
}
