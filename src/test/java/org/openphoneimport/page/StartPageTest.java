package org.openphoneimport.page;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.frame.Format;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.BothApisProfile;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator is told before the start, and that one press starts. */
@QuarkusTest
@Landing
@ClockStopped
@TestProfile(BothApisProfile.class)
class StartPageTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void serve_a_workspace() {
        bench.openPhone().serve(Bench.workspace(30));
    }

    @Test
    void whose_key_it_is_and_what_changes_around_the_import_is_said_and_nothing_is_done() {
        var number = Format.phone(Bench.workspace(30).directory().phoneNumbers().getFirst().number());

        var page = page("/start");

        assertThat(page).contains(number).contains("2 are live, and stay so: they cannot be paused")
                .contains("Webhooks made in OpenPhone&#39;s app are in no list")
                .contains("The system is read-only for other applications until the run ends")
                .contains("About how much that is, OpenPhone is being asked");
        assertThat(bench.database().size("import_runs")).isZero();
        assertThat(bench.openPhone().requests().all()).isNotEmpty().allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void about_how_much_there_is_what_it_costs_and_what_openphone_does_not_record_is_asked_for() {
        var workspace = Bench.workspace(30);
        var numbers = workspace.directory().phoneNumbers();
        workspace.extras().recording(numbers.getFirst().id(), false);
        bench.openPhone().serve(workspace);

        var page = page("/start?more=true");

        assertThat(page).doesNotContain("being asked").doesNotContain("Ask now")
                .contains("OpenPhone says that it is active")
                .containsPattern("Everything: [0-9a-z ]+ conversations, .* messages and .* calls?, by a sample of 25 pages\\.")
                .containsPattern("[0-9]+ requests. For each contact up to three more\\.")
                .containsPattern("Off now for [^;]*" + Pattern.quote(Format.phone(numbers.getFirst().number()))
                        + "[^;]*; automatic for [0-9]+ numbers");
        assertThat(bench.openPhone().requests().all()).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void a_subscription_that_has_expired_is_said_with_what_it_means() {
        var workspace = Bench.workspace(30);
        workspace.extras().subscription("expired");
        bench.openPhone().serve(workspace);

        assertThat(page("/start?more=true")).contains("OpenPhone says that it has expired")
                .contains("30 days at most: start now");
    }

    @Test
    void what_cannot_be_asked_is_said_with_the_reason_and_can_be_asked_again() {
        bench.openPhone().intercept(request -> request.path().contains("organization") ? Fault.status(500) : Fault.none());

        assertThat(page("/start?more=true")).contains("How much that is is not known before it is listed: OpenPhone answered")
                .contains("action=\"/runs\"");

        bench.openPhone().intercept(Interceptor.NONE);
        assertThat(page("/start")).contains("Ask now");
    }

    @Test
    @Thorough
    void a_browser_asks_by_itself_and_keeps_what_was_typed() {
        try (var operator = Chromium.get().user(PageProfile.OPERATOR); var page = operator.newPage()) {
            page.navigate("/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Historical import")).click();
            assertThat(page.locator("h1")).hasText("Before the historical import starts");
            page.getByText("Choose a time range").click();
            page.getByLabel("From").fill("2026-01-01");

            assertThat(page.locator("dl.before")).containsText("by a sample of 25 pages");

            assertThat(page.getByLabel("From")).hasValue("2026-01-01");
            Looks.at(page, "before_the_start");
        }
    }

    @Test
    @Thorough
    void a_press_while_openphone_is_asked_shows_the_run_and_not_the_answer() {
        bench.openPhone().intercept(request -> request.path().equals("/organization")
                ? Fault.delayed(Duration.ofMillis(2_500))
                : Fault.none());
        try (var operator = Chromium.get().user(PageProfile.OPERATOR); var page = operator.newPage()) {
            page.navigate("/start");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the historical import")).click();
            assertThat(page.locator("h1")).not().hasText("Before the historical import starts");

            page.waitForTimeout(3_000);

            assertThat(page.locator("h1")).not().hasText("Before the historical import starts");
        }
        bench.awaitEnd((UUID) Objects.requireNonNull(bench.database().value("SELECT id FROM import_runs")));
    }

    @Test
    void what_the_last_run_came_to_is_what_the_next_one_will() {
        Scene.COMPLETED.paint(bench.database());

        assertThat(page("/start"))
                .contains("About as much as the last one: 7,000 conversations, 24,347 messages, 923 calls.")
                .containsPattern("The last one took 25 min and more than [0-9,]+ requests");
        assertThat(page("/start?type=reconciliation")).contains("What has not been read yet, and what may have changed")
                .contains("Not known yet").contains("Nothing: other applications go on writing");
    }

    @Test
    void a_key_that_is_refused_is_said_before_the_press() {
        bench.openPhone().intercept(request -> Fault.status(401));

        assertThat(page("/start")).contains("OpenPhone refused the API key.");
    }

    @Test
    @Thorough
    void while_a_run_is_active_openphone_is_not_asked_and_nothing_can_be_pressed() {
        Scene.IMPORTING.paint(bench.database());

        assertThat(page("/start")).contains("A run is active").doesNotContain("<form method=\"post\" action=\"/runs\"");
        assertThat(bench.openPhone().requests().all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = { "EMPTY", "COMPLETED", "ALL_RUNS", "CANCELLED" })
    void nothing_starts_by_a_click_elsewhere(Scene scene) {
        scene.paint(bench.database());

        for (var path : List.of("/", "/runs")) {
            assertThat(page(path)).doesNotContain("action=\"/runs\"").contains("href=\"/start?type=historical\"");
        }
        assertThat(page("/start")).containsOnlyOnce("action=\"/runs\"");
    }

    private static String page(String path) {
        return operator().get(path).then().statusCode(200).extract().asString();
    }

    private static RequestSpecification operator() {
        return RestAssured.given().auth().preemptive().basic(PageProfile.OPERATOR, PageProfile.PASSWORD);
    }
}
