package org.openphoneimport.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.enterprise.inject.spi.CDI;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

/** Every state of the page: pictures and axe in the dark on a phone, the campaign in all four ways ({@link Looks}). */
@QuarkusTest
@ClockStopped
@TestProfile(PageProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageLooksTest {

    private static final int BUDGET = 60_000;

    private final Bench bench = Bench.get();
    private final List<String> complaints = new ArrayList<>();

    private Chromium chromium;
    private BrowserContext operator;
    private Page page;

    @BeforeAll
    void open() {
        chromium = Chromium.get();
        operator = chromium.user(PageProfile.OPERATOR);
        page = operator.newPage();
        page.onConsoleMessage(message -> {
            // The browser says so of every page that is not there, or not there now.
            if (message.type().equals("error") && !message.text().matches(".*status of (404|500|503).*")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> complaints.add("A dialog opened: " + dialog.message()));
    }

    @BeforeEach
    void empty() {
        complaints.clear();
    }

    @ParameterizedTest
    @Thorough
    @EnumSource
    void every_state_can_be_read_by_everybody(Scene scene) {
        scene.paint(bench.database());

        page.navigate(scene.path());

        assertThat(page.locator("h1").textContent().strip()).isEqualTo(scene.heading());
        assertSaysWhatJsonSays(scene);
        look(page, scene.name().toLowerCase(Locale.ROOT));
    }

    @Test
    @Landing
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

    // Half a minute: the campaign has it, so that a build stays within ten minutes on two cores.
    @Test
    @Tag("chaos")
    void a_database_that_is_away_is_named_and_pages_come_back_by_themselves() {
        Scene.IMPORTING.paint(bench.database());
        page.navigate("/");
        try (var other = operator.newPage()) {
            other.navigate("/runs/" + Scene.RUN + "/cancel");
            bench.database().stop();
            try {
                assertThat(page.locator("h1")).hasText("The database does not answer");
                assertThat(page).hasTitle("No database · OpenPhone import (staging)");
                assertThat(page.locator(".reason")).hasText("See whether PostgreSQL at "
                        + bench.database().url().replace("jdbc:postgresql://", "")
                        + " runs, and whether it can be reached from here.");
                look(page, "no_database");
                other.getByText("Cancel the run").click();
                assertThat(other.locator("h1")).hasText("The database does not answer");
                for (var answer : List.of(script().get("/"), script().get("/runs"), script().get("/api/runs"),
                        script().post("/runs"), script().post("/runs/" + Scene.RUN + "/pause"),
                        script().post("/api/runs/" + Scene.RUN + "/pause"))) {
                    answer.then().statusCode(503).header("Retry-After", "5")
                            .body(containsString("The database does not answer"))
                            .body(not(containsString("Exception"))).body(not(containsString("\tat ")));
                }
                script().get("/api/runs").then().contentType("application/json")
                        .body("error", startsWith("The database does not answer. See whether PostgreSQL at localhost:"));
            } finally {
                bench.database().startAgain();
                // Those that are dead by now would fail whoever comes next.
                CDI.current().select(AgroalDataSource.class).get().flush(AgroalDataSource.FlushMode.IDLE);
            }
            assertThat(page.locator("h1")).hasText("Importing");
            assertThat(other.locator("h1")).hasText("Cancel the historical import?");
        }
    }

    @Test
    @Thorough
    void what_nobody_expected_is_a_page_too_and_says_nothing_that_is_not_meant_to_be_read() {
        Scene.COMPLETED.paint(bench.database());
        bench.database().execute("ALTER TABLE checklist_steps RENAME TO elsewhere");
        try {
            page.navigate("/");
            assertThat(page.locator("h1")).hasText("Something went wrong");
            look(page, "error");
            script().get("/api/runs").then().statusCode(500)
                    .body("error", equalTo("This could not be answered; the log of the server says why"));
        } finally {
            bench.database().execute("ALTER TABLE elsewhere RENAME TO checklist_steps");
        }
        assertThat(page.locator("h1")).hasText("Completed");
    }

    @Test
    @Thorough
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
    @Landing
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

    /** The first line of each page, with its times in UTC, is the sentence that scripts get. */
    private void assertSaysWhatJsonSays(Scene scene) {
        if (page.locator("#truth").count() > 0) {
            // A minute may end between the two.
            bench.soon().untilAsserted(() -> {
                page.navigate(scene.path());
                page.evaluate("for (const time of document.querySelectorAll('#truth time')) time.textContent = time.title");
                assertThat(page.locator("#truth").textContent().strip()).as(scene.name()).isEqualTo(sentence());
            });
        }
    }

    private String sentence() {
        return script().get("/api/workspace").then().statusCode(200).extract().jsonPath().getString("sentence");
    }

    private RequestSpecification script() {
        return RestAssured.given().baseUri(bench.address().toString()).redirects().follow(false).auth().preemptive().basic(
                PageProfile.OPERATOR,
                PageProfile.PASSWORD);
    }

    private void look(Page seen, String name) {
        if (name.equals("failed")) {
            // It shows most.
            Looks.closelyAt(seen, name);
        } else {
            Looks.at(seen, name);
        }
        assertThat(seen.evaluate("window.pwned")).isNull();
        assertThat(seen.locator("script").count()).isEqualTo(2);
        assertThat(seen.locator("img").count()).isZero();
        assertThat(complaints).isEmpty();
    }
}
