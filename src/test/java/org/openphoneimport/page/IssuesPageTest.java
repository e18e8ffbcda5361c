package org.openphoneimport.page;

import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

/** What an operator does with what went wrong, in a real browser. */
@QuarkusTest
@ClockStopped
@TestProfile(PageProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuesPageTest {

    private static final String ISSUES = "/runs/" + Scene.RUN + "/issues";

    private final Bench bench = Bench.get();

    private BrowserContext operator;
    private Page page;

    @BeforeAll
    void open() {
        operator = Chromium.get().user(PageProfile.OPERATOR);
        page = operator.newPage();
    }

    @AfterAll
    void close() {
        operator.close();
    }

    @Test
    @Landing
    void errors_stand_by_reason_with_counts_and_each_with_whom_it_is_about() {
        Scene.REASONS.paint(bench.database());
        page.navigate(ISSUES);

        assertThat(page.locator(".groups li")).hasCount(3);
        assertThat(page.locator(".groups li").first()).containsText("60");
        assertThat(page.locator(".groups li").first()).containsText("OpenPhone does not let this key read the number (403)");
        page.locator(".groups li").nth(1).getByText("Show these").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("7 found");
        assertThat(page.locator(".groups")).hasCount(0);
        assertThat(page.locator(".issues li").filter(new Locator.FilterOptions().setHasText("CNscene63")))
                .containsText("Wanda Rivers");
        assertThat(page.locator(".issues li").filter(new Locator.FilterOptions().setHasText("CNscene63")))
                .containsText("+1 617-555-0163");
    }

    @Test
    @Landing
    void what_matches_is_accepted_together_and_the_filter_stays() {
        Scene.UNAVAILABLE.paint(bench.database());
        Scene.issue(bench.database(), "error", 3);
        page.navigate(ISSUES + "?level=error&q=CNscene2");
        assertThat(page.getByText("OpenPhone does not give 1 of these. Why may they stay away?")).isVisible();

        page.getByLabel("OpenPhone does not give").fill("An old test number");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept that they are not here")).click();

        assertThat(page.getByRole(AriaRole.STATUS)).hasText("0 found");
        assertThat(page.url()).endsWith(ISSUES + "?level=error&q=CNscene2");
        assertThat(bench.database().rows("SELECT subject_id, accepted_by, reason FROM accepted_gaps").toString())
                .contains("CNscene2", PageProfile.OPERATOR, "An old test number").doesNotContain("CNscene1", "CNscene3");
    }

    @Test
    @Landing
    void what_is_no_fault_is_one_counted_line_and_never_a_red_cross() {
        Scene.CONFIRMED.paint(bench.database());
        bench.database().execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, check_name)
                SELECT verifications.id, CASE WHEN number > 85 THEN 'absent' ELSE 'waiting' END, 'message', 'ACscene' || number,
                    'It is on its way', 'files'
                FROM verifications, generate_series(1, 88) AS number
                """);
        bench.database().execute("""
                UPDATE verifications SET checks = checks
                    || '[{"name": "Files that messages and calls point to are stored", "checked": 812, "found": 88}]'
                """);
        page.navigate("/");

        assertThat(page.locator("#truth")).containsText("Safe to go live");
        assertThat(page.locator(".notes li").first()).hasText("85 waiting: OpenPhone or a host has not delivered them yet; "
                + "they are retried automatically");
        assertThat(page.locator(".notes li")).hasCount(2);
        assertThat(page.locator(".checks .unclean")).hasCount(0);
        assertThat(page.getByText("812 checked, 88 noted below")).isVisible();
        assertThat(page.getByText("It is on its way")).hasCount(0);
    }

    @Test
    @Landing
    void what_is_listed_can_be_taken_away_as_csv() {
        Scene.REASONS.paint(bench.database());
        bench.database().execute("UPDATE import_issues SET what = '=1+1' WHERE subject_id = 'CNscene1'");

        var issues = viewer().get(ISSUES + ".csv?level=error").then().statusCode(200)
                .header("Content-Type", startsWith("text/csv"))
                .header("Content-Disposition", "attachment; filename=\"issues-11111111.csv\"").extract().asString();
        assertThat(issues.lines().findFirst()).hasValue("level,stage,subject,id,name,numbers,conversation,what,request,time");
        assertThat(issues.lines()).hasSize(1 + 67).anyMatch(line -> line.contains("CNscene1,") && line.contains(",'=1+1,"));
        assertThat(issues).contains("CNscene3,Wanda Rivers,+16175550103,CNscene3,");

        assertThat(
                viewer().get("/runs/" + Scene.RUN + "/discrepancies.csv").then().statusCode(200).extract().asString().lines())
                .hasSize(1 + (int) bench.database().size("discrepancies"));
        viewer().get("/runs/" + UUID.randomUUID() + "/discrepancies.csv").then().statusCode(404);
        RestAssured.given().baseUri(bench.address().toString()).redirects().follow(false).get(ISSUES + ".csv").then()
                .statusCode(302);
    }

    private RequestSpecification viewer() {
        return RestAssured.given().baseUri(bench.address().toString()).auth().preemptive().basic(PageProfile.VIEWER,
                PageProfile.PASSWORD);
    }
}
