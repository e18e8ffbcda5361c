package org.openphoneimport.page;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openphoneimport.frame.Format;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;
import org.openphoneimport.testsupport.Turnstile;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does with runs, in a real browser. */
@QuarkusTest
@TestProfile(PageProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunPageTest {

    /** v1 gives no calls of groups. */
    private static final Pattern COMPLETED = Pattern.compile("^Completed");

    private final Bench bench = Bench.get();
    private Turnstile turnstile;
    private Chromium chromium;
    private BrowserContext operator;
    private Page page;

    @BeforeAll
    void open() {
        bench.reset();
        chromium = Chromium.get();
        operator = chromium.user(PageProfile.OPERATOR);
    }

    @BeforeEach
    void reset() {
        bench.reset();
        // What one test let through must not be let through in the next.
        turnstile = new Turnstile();
        page = operator.newPage();
    }

    @AfterEach
    void leave() {
        page.close();
    }

    @Test
    @Landing
    void an_operator_starts_a_run_watches_it_pauses_resumes_and_cancels_it() {
        bench.openPhone().intercept(turnstile);
        page.navigate("/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Historical import …")).click();
        page.evaluate("window.neverReloaded = true");

        press("Start the historical import");
        turnstile.admit(24);
        expectCount("Conversations", "[1-9]\\d* of " + Bench.CONVERSATIONS);
        int first = done("Conversations");
        assertThat(page.title()).matches("\\d+% (Importing|Waiting for OpenPhone) · OpenPhone import \\(staging\\)");
        assertThat(measure("Messages").locator("svg")).hasClass(Pattern.compile("open"));
        assertThat(measure("Messages").locator(".percent")).hasText("");

        turnstile.admit(24);
        patiently().until(() -> done("Conversations") > first);
        assertNumbersAgree();
        assertThat(bench.database().value("SELECT status FROM import_runs")).isEqualTo("running");

        press("Pause");
        assertThat(heading()).hasText("Paused");
        untilNobodyWorks();
        turnstile.admit(15);
        lookAgain();
        var standing = bars();
        int requests = bench.openPhone().requests().all().size();
        lookAgain();
        assertThat(bars()).isEqualTo(standing);
        assertThat(bench.openPhone().requests().all()).hasSize(requests);

        press("Resume");
        int paused = done("Conversations");
        patiently().until(() -> done("Conversations") > paused);
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cancel …")).click();
        assertThat(page.getByText("staging, Harbour Dental")).isVisible();
        press("Cancel the run");
        assertThat(heading()).hasText("Cancelled");
        assertThat(bench.database().value("SELECT status FROM import_runs")).isEqualTo("cancelled");
        untilNobodyWorks();
        assertNumbersAgree();
    }

    @Test
    @Thorough
    void errors_are_filtered_and_searched_and_tried_again_one_by_one_or_all_together() {
        var workspace = bench.workspace();
        var own = workspace.directory().phoneNumbers().stream().filter(number -> number.users().stream()
                .anyMatch(user -> user.id().equals(workspace.directory().owner().id()))).map(number -> number.id()).toList();
        var bad = workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.deletedAt() == null && own.contains(one.phoneNumberId()))
                .limit(2).toList();
        bench.openPhone().intercept(request -> request.template().equals("/v1/messages")
                && bad.stream()
                        .anyMatch(one -> request.parameter("phoneNumberId").filter(one.phoneNumberId()::equals).isPresent()
                                && one.participants().equals(request.parameters().get("participants"))) ? Fault.status(403)
                                        : Fault.none());
        page.navigate("/start");
        press("Start the historical import");
        assertThat(heading()).hasText(COMPLETED);
        assertNumbersAgree();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("View details")).first().click();
        assertThat(found()).hasText("2 found");
        page.getByLabel("Level").selectOption("Warnings");
        press("Show");
        assertThat(page.locator(".level")).hasCount((int) bench.database().size("import_issues WHERE level = 'warning'"));
        assertThat(page.locator(".level.error")).hasCount(0);
        page.getByLabel("Level").selectOption("Errors");
        page.getByLabel("Containing").fill(bad.getFirst().id().toLowerCase(Locale.ROOT));
        page.getByLabel("Containing").press("Enter");
        assertThat(found()).hasText("1 found");
        assertThat(page.locator(".request"))
                .containsText("GET /v1/messages?phoneNumberId=" + bad.getFirst().phoneNumberId());
        bench.openPhone().intercept(request -> Fault.none());
        press("Retry this one");
        assertThat(found()).hasText("0 found");
        assertThat(page.getByLabel("Containing")).hasValue(bad.getFirst().id().toLowerCase(Locale.ROOT));
        page.getByText("Show all").click();
        assertThat(page.locator(".issues")).containsText(bad.getLast().id());

        // A number as people type it.
        page.getByLabel("Containing").fill(Format.phone(bad.getLast().participants().getFirst()).replace('-', '.'));
        page.getByLabel("Containing").press("Enter");
        assertThat(page.locator(".issues")).containsText(bad.getLast().id());
        patiently().until(() -> !"running".equals(bench.database().value("SELECT status FROM import_runs")));
        press("Retry these");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Historical import")).click();
        assertThat(heading()).hasText(COMPLETED);
        assertNumbersAgree();
        page.navigate(page.url() + "/issues");
        assertThat(page.getByText("no errors, no warnings")).isVisible();
    }

    @Test
    @Thorough
    void what_a_verdict_finds_missing_is_brought_by_repair() {
        bench.openPhone().serve(Bench.workspace(30));
        page.navigate("/start");
        press("Start the historical import");
        assertThat(heading()).hasText(COMPLETED);
        var stored = bench.database().ids("messages");
        // A last activity would be stored by the check itself.
        var lost = bench.database().rows("""
                DELETE FROM messages WHERE id IN (SELECT id FROM messages
                    WHERE id NOT IN (SELECT last_activity_id FROM conversations WHERE last_activity_id IS NOT NULL)
                    ORDER BY md5(id) LIMIT 3)
                RETURNING id""").stream().map(row -> row.text("id")).toList();
        assertThat(verdict()).hasText(Pattern.compile("^Nothing missing.*"));
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Repair"))).hasCount(0);

        press("Check again");
        assertThat(verdict()).hasText(lost.size() + " items missing");
        for (var message : lost) {
            assertThat(page.locator(".issues li").filter(new Locator.FilterOptions().setHasText(message)))
                    .containsText("missing");
        }
        assertThat(heading()).hasText(COMPLETED);
        bench.openPhone().intercept(turnstile);
        press("Repair");
        assertThat(heading()).hasText(Pattern.compile("Importing|Waiting for OpenPhone"));
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))).isVisible();
        assertThat(bench.database().ids("messages")).doesNotContainAnyElementsOf(lost);

        turnstile.admit(1_000);
        assertThat(heading()).hasText(COMPLETED);
        assertThat(verdict()).hasText(Pattern.compile("^Nothing missing.*"));
        assertThat(page.getByText("missing", new Page.GetByTextOptions().setExact(true))).hasCount(0);
        assertThat(bench.database().ids("messages")).isEqualTo(stored);
        assertNumbersAgree();
    }

    @Test
    @Landing
    void dead_letters_are_sent_back_one_by_one_or_all_together() {
        Scene.FAILED.paint(bench.database());
        bench.database()
                .execute("INSERT INTO dead_letters (queue, record_id, body, reason) VALUES ('import', '3', '{}', 'Late')");
        page.navigate("/");
        assertThat(page.locator("#dead-letters")).isVisible();

        page.locator(".issues li").filter(new Locator.FilterOptions().setHasText("Late")).getByRole(AriaRole.BUTTON).click();

        assertThat(page.getByText("Late")).hasCount(0);
        assertThat(bench.database().rows("SELECT record_id FROM dead_letters WHERE sent_back_at IS NOT NULL"))
                .extracting(row -> row.text("record_id")).containsExactly("3");
        assertThat(page.getByText("There is no media file 17")).isVisible();

        press("Send all back");

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Dead letters"))).isHidden();
        assertThat(bench.database().size("dead_letters WHERE sent_back_at IS NULL")).isZero();
    }

    @Test
    @Landing
    void the_address_of_a_button_presses_nothing_when_it_is_loaded_again() {
        Scene.FAILED.paint(bench.database());
        var run = "/runs/" + Scene.RUN;
        Map.of(run + "/repair", run + "?unpressed=true", run + "/issues/1/retry", run + "/issues", "/dead-letters/send-back",
                "/",
                "/dead-letters/" + Scene.RUN + "/send-back", "/")
                .forEach((address, there) -> RestAssured.given().redirects().follow(false).auth().preemptive()
                        .basic(PageProfile.OPERATOR, PageProfile.PASSWORD).get(address).then().statusCode(303)
                        .header("Location", there));
        assertThat(bench.database().size("dead_letters WHERE sent_back_at IS NULL")).isEqualTo(2);
    }

    @Test
    @Landing
    void what_somebody_types_and_opens_stays_while_the_page_keeps_itself_up_to_date() {
        Scene.FAILED.paint(bench.database());
        page.navigate("/");
        page.getByLabel("OpenPhone does not give").fill("An old test number");
        page.getByLabel("OpenPhone does not give").focus();
        bench.database().execute("UPDATE import_runs SET processed_messages = 24001");

        lookAgain();

        assertThat(measure("Messages").locator(".count")).containsText("24,001");
        assertThat(page.getByLabel("OpenPhone does not give")).hasValue("An old test number");
        assertThat(page.getByLabel("OpenPhone does not give")).isFocused();
    }

    @Test
    @Thorough
    void without_scripts_the_page_reloads_itself_and_its_forms_work() {
        bench.openPhone().intercept(turnstile);
        try (var plain = chromium.user(PageProfile.OPERATOR, new Browser.NewContextOptions().setJavaScriptEnabled(false));
                var old = plain.newPage()) {
            old.navigate("/start");
            old.getByText("Choose a time range").click();
            old.getByLabel("From").fill("2024-01-01");
            old.getByLabel("To (not included)").fill("2023-01-01");
            old.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the historical import")).click();
            assertThat(old.getByRole(AriaRole.ALERT))
                    .hasText("from (2024-01-01T00:00:00Z) must be before to (2023-01-01T00:00:00Z)");

            old.getByLabel("To (not included)").fill("2025-01-01");
            old.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the historical import")).click();
            assertThat(old.getByText("1 Jan 2024 to 1 Jan 2025").first()).isVisible();
            assertThat(old.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").getAttribute("content"))
                    .isEqualTo("5");
            turnstile.admit(1);
            patiently().until(() -> "running".equals(bench.database().value("SELECT status FROM import_runs")));
            old.reload();
            old.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
            assertThat(old.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).hasText("Paused");
        }
    }

    @Test
    @Landing
    void a_refused_start_says_why_until_another_is_tried() {
        page.navigate("/start");
        page.getByText("Choose a time range").click();
        page.getByLabel("From").fill("2024-01-01");
        page.getByLabel("To (not included)").fill("2023-01-01");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the historical import")).click();
        assertThat(page.locator("#form-error")).isVisible();

        page.evaluate("htmx.trigger('#main', 'look')");

        assertThat(page.locator("main[hx-get]")).hasCount(0);
        assertThat(page.locator("#form-error"))
                .hasText("from (2024-01-01T00:00:00Z) must be before to (2023-01-01T00:00:00Z)");
        assertThat(page.getByLabel("From")).hasValue("2024-01-01");
    }

    @Test
    @Landing
    void a_press_by_keyboard_leaves_the_focus_where_its_answer_stands() {
        Scene.IMPORTING.paint(bench.database());
        page.navigate("/");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).focus();
        page.route("**/pause", route -> {
            page.evaluate("document.dispatchEvent(new CustomEvent('htmx:afterSettle', { detail: {} }))");
            route.resume();
        });

        page.keyboard().press("Enter");

        assertThat(heading()).hasText("Paused");
        assertThat(heading()).isFocused();
        lookAgain();
        assertThat(heading()).isFocused();
    }

    @Test
    @Thorough
    void a_press_that_does_not_reach_the_server_is_named_and_not_repeated() {
        Scene.IMPORTING.paint(bench.database());
        page.navigate("/");
        page.route("**/pause", Route::abort);

        press("Pause");

        assertThat(page.locator("#unsent")).hasText(
                "“Pause” was not done: the server could not be reached. Press it again when it answers.");
        assertThat(bench.database().value("SELECT status FROM import_runs")).isEqualTo("running");
        page.unroute("**/pause");
        lookAgain();
        assertThat(page.locator("#unsent")).isVisible();
        press("Pause");
        assertThat(heading()).hasText("Paused");
        assertThat(page.locator("#unsent")).isHidden();
    }

    @Test
    @Thorough
    void a_press_after_the_session_has_ended_is_named_before_and_after_the_login() {
        Scene.IMPORTING.paint(bench.database());
        try (var context = chromium.user(PageProfile.OPERATOR); var late = context.newPage()) {
            late.navigate("/");
            // Else the login would be there before the press.
            late.evaluate("document.getElementById('main').removeAttribute('hx-get')");
            late.evaluate("htmx.process(document.getElementById('main'))");
            context.clearCookies();

            late.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();

            assertThat(late.locator("#unsent"))
                    .hasText("“Pause” was not done: your session has ended. Sign in and press it again.");
            late.getByLabel("Name").fill(PageProfile.OPERATOR);
            late.getByLabel("Password").fill(PageProfile.PASSWORD);
            late.getByLabel("Password").press("Enter");
            assertThat(late.locator(".notice")).hasText(
                    "What you pressed before you signed in was not done. Press it again if you still want it.");
            assertThat(late.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).hasText("Importing");
        }
        assertThat(bench.database().value("SELECT status FROM import_runs")).isEqualTo("running");
    }

    @Test
    @Landing
    void all_runs_stand_on_pages() {
        Scene.ALL_RUNS.paint(bench.database());
        page.navigate("/runs");
        assertThat(page.locator("tbody tr")).hasCount(50);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Older")).click();

        assertThat(page.locator("tbody tr")).hasCount(11);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Newer")).click();
        assertThat(page.locator("tbody tr")).hasCount(50);
    }

    @Test
    @Landing
    void an_address_that_is_none_is_a_page_for_people_and_json_for_scripts() {
        page.navigate("/nope");
        assertThat(heading()).hasText("Page not found");
        assertThat(page.getByText("There is nothing at /nope.")).isVisible();

        RestAssured.given().auth().preemptive().basic(PageProfile.VIEWER, PageProfile.PASSWORD).get("/nope").then()
                .statusCode(404).contentType("application/json");
    }

    @Test
    @Landing
    void times_are_the_viewers() {
        Scene.COMPLETED.paint(bench.database());
        bench.database().execute("UPDATE import_runs SET started_at = '2026-07-01T12:00:00Z'");
        page.navigate("/");

        var started = page.locator("time[data-form=minute]").first();

        assertThat(started).hasText("1 Jul 2026, 08:00");
        assertThat(started).hasAttribute("title", "1 Jul 2026, 12:00 UTC");
    }

    /** Only a machine that stands still takes this long. */
    private ConditionFactory patiently() {
        return bench.soon().atMost(Duration.ofSeconds(60));
    }

    private void press(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).first().click();
    }

    private Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private Locator verdict() {
        return page.locator("#verdict .chip");
    }

    /** How many errors and warnings match. */
    private Locator found() {
        return page.getByRole(AriaRole.STATUS);
    }

    private Locator measure(String name) {
        return page.locator(".measure").filter(new Locator.FilterOptions().setHas(page.getByText(name,
                new Page.GetByTextOptions().setExact(true))));
    }

    private void expectCount(String name, String pattern) {
        assertThat(measure(name).locator(".count")).hasText(Pattern.compile(pattern));
    }

    private int done(String name) {
        return Integer.parseInt(measure(name).locator(".count").textContent().replaceAll(" .*", "").replace(",", ""));
    }

    private List<String> bars() {
        return page.locator(".measure .count").allTextContents();
    }

    private void untilNobodyWorks() {
        patiently().until(() -> bench.database().size("import_batches WHERE lease_until > clock_timestamp()") == 0);
    }

    /** Waits until the page has asked again. */
    private void lookAgain() {
        var address = page.url();
        page.waitForResponse(response -> response.url().equals(address) && response.ok(), () -> page.evaluate(
                "htmx.trigger('#main', 'look')"));
        assertThat(page.locator("#main")).not().hasClass(Pattern.compile("htmx-request"));
    }

    /**
     * The page shows what the API says, and both what stands in the tables, as soon as nobody is in the middle of something.
     */
    private void assertNumbersAgree() {
        patiently().ignoreExceptions().untilAsserted(() -> {
            lookAgain();
            var id = bench.database().value("SELECT id FROM import_runs");
            JsonPath json = RestAssured.given().auth().preemptive().basic(PageProfile.VIEWER, PageProfile.PASSWORD)
                    .get("/api/runs/{id}", id).then().statusCode(200).extract().jsonPath();
            assertThat(json.getString("status")).isEqualTo(bench.database().value("SELECT status FROM import_runs"));
            assertAgree(json, "Conversations", "import_conversations WHERE status = 'done'", "import_conversations");
            assertAgree(json, "Messages", "messages", "messages");
            assertAgree(json, "Calls", "calls", "calls");
            assertAgree(json, "Media", "media WHERE status = 'stored'", "media");
            assertThat(json.getInt("totalMedia")).isPositive();
            assertThat(json.getInt("errorCount")).isEqualTo(
                    (int) bench.database().size("import_issues WHERE level = 'error' AND resolved_at IS NULL"));
        });
    }

    /** A total is known on the page when it is known to the API; about those that are guessed only the page says something. */
    private void assertAgree(JsonPath json, String counted, String processed, String total) {
        int done = json.getInt("processed" + counted);
        Integer all = json.get("total" + counted);
        assertThat(measure(counted).locator(".count").textContent()).as(counted)
                .matches(Format.exact(done) + (all == null ? "( so far| of about .*)?"
                        : " of " + Format.exact(all) + "( found so far| found)?(, .* (failed|refused))?"));
        assertThat(done).as(counted).isEqualTo((int) bench.database().size(processed));
        if (all != null) {
            assertThat(all).as(counted).isEqualTo((int) bench.database().size(total));
        }
    }
}
