package org.openphoneimport.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A real browser, without a window: one for all tests. */
public final class Chromium {

    private static final Path PATH = Path.of("/usr/bin/chromium");

    // The first for root; the others keep it from asking the world for what no test needs.
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");

    // In milliseconds; only a machine that stands still takes this long.
    private static final double PATIENCE = 30_000;

    private static @Nullable Chromium started;

    private final Browser browser;
    private final String address;

    private Chromium(Browser browser, String address) {
        this.browser = browser;
        this.address = address;
    }

    /** Starts it if need be; where there is none, the tests that want it are skipped. */
    public static synchronized Chromium get() {
        if (!Files.isExecutable(PATH)) {
            var why = "Skipped: no Chromium is installed as " + PATH;
            // Surefire says nothing of a class that gives up before its first test.
            System.out.println(why);
            Assumptions.abort(why);
        }
        var running = started == null ? start() : started;
        started = running;
        return running;
    }

    private static Chromium start() {
        var playwright = Playwright
                .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(PATH).setArgs(FLAGS));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return new Chromium(browser, Bench.get().address().toString());
    }

    /** Somebody who has not signed in. */
    public BrowserContext stranger() {
        return stranger(new Browser.NewContextOptions());
    }

    /** Somebody who has not signed in, with a browser of a certain kind. */
    public BrowserContext stranger(Browser.NewContextOptions options) {
        var context = browser.newContext(options.setBaseURL(address).setLocale("en-US").setTimezoneId("America/New_York"));
        context.setDefaultTimeout(PATIENCE);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return context;
    }

    /** Somebody who has signed in. */
    public BrowserContext user(String name) {
        return user(name, new Browser.NewContextOptions());
    }

    /** Somebody who has signed in, with a browser of a certain kind. */
    public BrowserContext user(String name, Browser.NewContextOptions options) {
        var context = stranger(options);
        try (var page = context.newPage()) {
            page.navigate("/login");
            page.getByLabel("Name").fill(name);
            page.getByLabel("Password").fill(PageProfile.PASSWORD);
            page.getByLabel("Password").press("Enter");
            page.waitForURL(address + "/");
        }
        return context;
    }
}
