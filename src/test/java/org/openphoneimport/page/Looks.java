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
 * Pictures and axe take most of the time, so a build takes a picture in the dark on a phone, where contrasts are harder, and
 * on a wide screen only measures whether all of it fits; the campaign looks at all four, with axe.
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
            schemes(width, closely).forEach(scheme -> picture(page, name, width, scheme));
            assertThat(
                    page.evaluate("[...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth)"))
                    .as("tables of %s are not cut at %d", name, width).isEqualTo(true);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("%s fits %d", name, width)
                    .isEqualTo(true);
        }
    }

    private static List<ColorScheme> schemes(int width, boolean closely) {
        if (closely) {
            return List.of(ColorScheme.LIGHT, ColorScheme.DARK);
        }
        return width == PHONE ? List.of(ColorScheme.DARK) : List.of();
    }

    private static void picture(Page page, String name, int width, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve("%s-%d-%s.png"
                .formatted(name, width, scheme.name().toLowerCase(Locale.ROOT)))));
        assertThat(new AxeBuilder(page).analyze().getViolations()).as("%s at %d, %s", name, width, scheme).isEmpty();
    }
}
