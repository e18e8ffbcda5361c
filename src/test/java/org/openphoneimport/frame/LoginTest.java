package org.openphoneimport.frame;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.page.Scene;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

/** Who gets in, and what they may do there. */
@QuarkusTest
@TestProfile(PageProfile.class)
class LoginTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void a_stranger_is_led_to_the_login_by_an_address_without_a_host() {
        for (var path : new String[] { "/", "/start", "/runs", "/runs/" + Scene.RUN, "/runs/" + Scene.RUN + "/issues",
                "/conversations", "/conversations/CN1", "/files/1", "/q/metrics",
                "/q/openapi" }) {
            stranger().get(path).then().statusCode(302).header("Location", "/login");
        }
        for (var path : new String[] { "/login", "/icon.svg", "/page.css", "/q/health" }) {
            stranger().get(path).then().statusCode(200);
        }
    }

    @Test
    @Landing
    void a_script_without_a_login_is_told_so() {
        stranger().get("/api/runs").then().statusCode(401).body("error", startsWith("Say who you are"));
        stranger().post("/api/runs").then().statusCode(401);
        stranger().post("/2015-03-31/functions/start-run/invocations").then().statusCode(401);
        stranger().auth().preemptive().basic(PageProfile.OPERATOR, "wrong").get("/api/runs").then().statusCode(401);
        stranger().auth().preemptive().basic("nobody", PageProfile.PASSWORD).get("/api/runs").then().statusCode(401);
        stranger().auth().preemptive().basic(PageProfile.OPERATOR, "long".repeat(50)).get("/api/runs").then().statusCode(401);
        assertThat(bench.database().size("import_runs")).isZero();
    }

    @Test
    @Landing
    void a_viewer_looks_and_an_operator_presses() {
        script(PageProfile.VIEWER).get("/api/runs").then().statusCode(200);
        for (var path : new String[] { "/api/runs", "/runs", "/api/runs/" + Scene.RUN + "/cancel", "/dead-letters/send-back",
                "/api/dead-letters/send-back", "/api/runs/" + Scene.RUN + "/accept", "/runs/" + Scene.RUN + "/accept",
                "/2015-03-31/functions/start-run/invocations" }) {
            script(PageProfile.VIEWER).post(path).then().statusCode(403)
                    .body(containsString("Only an operator may change something"));
        }
        assertThat(bench.database().size("import_runs")).isZero();

        script(PageProfile.OPERATOR).post("/api/runs").then().statusCode(200).body("started", equalTo(true));
    }

    @Test
    void requests_of_other_sites_and_to_other_names_are_refused() {
        script(PageProfile.OPERATOR).header("Origin", "http://evil.example").post("/runs").then().statusCode(403);
        script(PageProfile.OPERATOR).header("Sec-Fetch-Site", "cross-site").post("/runs").then().statusCode(403);
        script(PageProfile.OPERATOR).header("Sec-Fetch-Site", "same-site").post("/api/runs").then().statusCode(403);
        script(PageProfile.OPERATOR).header("Origin", "null").post("/runs").then().statusCode(403);
        script(PageProfile.OPERATOR).header("Host", "evil.example").get("/").then().statusCode(403);
        assertThat(bench.database().size("import_runs")).isZero();
    }

    @Test
    void a_cookie_is_out_of_reach_of_scripts_and_secure_behind_tls() {
        stranger().formParam("name", PageProfile.VIEWER).formParam("password", PageProfile.PASSWORD).post("/login").then()
                .statusCode(302).header("Location", "/")
                .header("Set-Cookie", containsStringIgnoringCase("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Lax"))
                .header("Set-Cookie", not(containsString("Secure")));
        stranger().header("X-Forwarded-Proto", "https")
                .formParam("name", PageProfile.VIEWER).formParam("password", PageProfile.PASSWORD).post("/login").then()
                .statusCode(302).header("Location", "/").header("Set-Cookie", containsString("Secure"));
    }

    @Test
    @Landing
    void every_answer_says_what_a_browser_may_do_with_it() {
        for (var path : new String[] { "/login", "/page.css", "/api/runs", "/q/health", "/nothing" }) {
            stranger().get(path).then()
                    .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self'; style-src 'self'"))
                    .header("Content-Security-Policy", not(containsString("unsafe")))
                    .header("X-Content-Type-Options", "nosniff").header("X-Frame-Options", "DENY");
        }
    }

    @Test
    @Landing
    void a_person_signs_in_where_they_wanted_to_go_and_out_again() {
        try (var context = Chromium.get().stranger(); var page = context.newPage()) {
            page.navigate("/runs");
            page.getByLabel("Name").fill(PageProfile.VIEWER);
            page.getByLabel("Password").fill("wrong");
            page.getByLabel("Password").press("Enter");
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("Wrong name or password");

            page.getByLabel("Name").fill(PageProfile.VIEWER);
            page.getByLabel("Password").fill(PageProfile.PASSWORD);
            page.getByLabel("Password").press("Enter");
            assertThat(page.getByText("victor, viewer")).isVisible();
            assertThat(page.url()).endsWith("/runs");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
            assertThat(page.getByLabel("Password")).isVisible();
            page.navigate("/runs");
            assertThat(page.getByLabel("Password")).isVisible();
        }
    }

    @Test
    @Thorough
    void a_forged_form_of_another_site_starts_nothing() {
        try (var context = Chromium.get().user(PageProfile.OPERATOR); var page = context.newPage()) {
            page.route("http://evil.example/", route -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
                    .setBody("<form method=post action='%s/runs'></form>".formatted(bench.address()))));
            page.navigate("http://evil.example/");

            var answer = page.waitForResponse("**/runs", () -> page.evaluate("document.forms[0].submit()"));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(page.locator("body")).containsText("A page of another site sent this request; nothing was changed");
            assertThat(bench.database().size("import_runs")).isZero();
        }
    }

    private static RequestSpecification stranger() {
        return RestAssured.given().redirects().follow(false);
    }

    private static RequestSpecification script(String user) {
        return stranger().auth().preemptive().basic(user, PageProfile.PASSWORD);
    }
}
