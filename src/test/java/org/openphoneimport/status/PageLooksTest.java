package org.openphoneimport.status;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.PageProfile;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;

/** Every state of the page, light and dark, on a phone and on a wide screen; pictures of all are in target/screenshots. */
@QuarkusTest
@TestProfile(PageProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageLooksTest {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int[] WIDTHS = { 390, 1440 };
    private static final int BUDGET = 60_000;

    private final Bench bench = Bench.get();
    private final List<String> complaints = new ArrayList<>();
    private Chromium chromium;
    private BrowserContext operator;
    private Page page;

    @BeforeAll
    void open() {
        bench.reset();
        chromium = Chromium.get();
        operator = chromium.user(PageProfile.OPERATOR);
        page = operator.newPage();
        page.onConsoleMessage(message -> {
            // The browser says so of every page that is not there.
            if (message.type().equals("error") && !message.text().contains("404")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> complaints.add("A dialog opened: " + dialog.message()));
    }

    @AfterAll
    void close() {
        bench.database().empty();
    }

    @BeforeEach
    void empty() {
        bench.soon().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(bench.database()::empty);
    }

    @ParameterizedTest
    @EnumSource
    void every_state_can_be_read_by_everybody(Scene scene) {
        scene.paint(bench.database());

        page.navigate(scene.path());

        assertThat(page.locator("h1").textContent()).startsWith(scene.heading());
        look(page, scene.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void the_login_can_be_read_by_everybody() {
        try (var stranger = chromium.stranger(); var login = stranger.newPage()) {
            login.navigate("/login");
            look(login, "login");
            login.getByLabel("Name").fill("nobody");
            login.getByLabel("Password").fill("nothing");
            login.getByLabel("Password").press("Enter");
            login.waitForSelector("#wrong");
            look(login, "login_wrong");
        }
    }

    @Test
    void a_viewer_finds_no_buttons() {
        Scene.FAILED.paint(bench.database());
        try (var viewer = chromium.user(PageProfile.VIEWER); var looked = viewer.newPage()) {
            looked.navigate("/");
            assertThat(looked.locator("main button").count()).isZero();
            look(looked, "viewer");
            looked.navigate("/runs/" + Scene.RUN + "/issues");
            assertThat(looked.locator("main form[method=post]").count()).isZero();
            looked.navigate("/runs");
            assertThat(looked.locator("main button").count()).isZero();
        }
    }

    @Test
    void a_page_loads_less_than_sixty_kilobytes_and_nothing_from_elsewhere() {
        Scene.FAILED.paint(bench.database());
        try (var newcomer = chromium.user(PageProfile.OPERATOR); var first = newcomer.newPage()) {
            var bytes = new ArrayList<Integer>();
            var elsewhere = new ArrayList<String>();
            first.onRequestFinished(request -> {
                var sizes = request.sizes();
                bytes.add(sizes.responseBodySize + sizes.responseHeadersSize);
                if (!request.url().startsWith(bench.address().toString())) {
                    elsewhere.add(request.url());
                }
            });
            first.navigate("/");
            first.waitForLoadState();

            assertThat(elsewhere).isEmpty();
            assertThat(bytes).hasSizeGreaterThanOrEqualTo(4);
            assertThat(bytes.stream().mapToInt(Integer::intValue).sum()).isLessThan(BUDGET);
        }
    }

    private void look(Page seen, String name) {
        for (int width : WIDTHS) {
            seen.setViewportSize(width, 900);
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                seen.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
                seen.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve("%s-%d-%s.png"
                        .formatted(name, width, scheme.name().toLowerCase(Locale.ROOT)))));
            }
            // In the dark, where contrasts are harder; FAILED, which shows most, is looked at in light, too.
            if (width == WIDTHS[0] || name.equals("failed")) {
                seen.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(width == WIDTHS[0] ? ColorScheme.DARK
                        : ColorScheme.LIGHT));
                assertThat(new AxeBuilder(seen).analyze().getViolations()).as(name).isEmpty();
            }
            assertThat(seen.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("%s fits %d", name, width)
                    .isEqualTo(true);
        }
        assertThat(seen.evaluate("window.pwned")).isNull();
        assertThat(seen.locator("script").count()).isEqualTo(2);
        assertThat(seen.locator("img").count()).isZero();
        assertThat(complaints).isEmpty();
    }
}
