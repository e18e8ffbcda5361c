package org.openphoneimport.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/** A real browser, without a window. */
public final class Chromium implements AutoCloseable {

    private static final Path PATH = Path.of("/usr/bin/chromium");

    // The first for root; the others keep it from asking the world for what no test needs.
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final String address;

    private Chromium(Playwright playwright, Browser browser, String address) {
        this.playwright = playwright;
        this.browser = browser;
        this.address = address;
    }

    /** Starts it; where there is none, the tests that want it are skipped. */
    public static Chromium start() {
        Assumptions.assumeTrue(Files.isExecutable(PATH), "Skipped: no Chromium is installed as " + PATH);
        var playwright = Playwright
                .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(PATH).setArgs(FLAGS));
        return new Chromium(playwright, browser, Bench.get().address().toString());
    }

    /** Somebody who has not signed in. */
    public BrowserContext stranger() {
        return stranger(new Browser.NewContextOptions());
    }

    /** Somebody who has not signed in, with a browser of a certain kind. */
    public BrowserContext stranger(Browser.NewContextOptions options) {
        var context = browser.newContext(options.setBaseURL(address).setLocale("en-US").setTimezoneId("America/New_York"));
        // Only a machine that stands still takes this long.
        context.setDefaultTimeout(30_000);
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

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
