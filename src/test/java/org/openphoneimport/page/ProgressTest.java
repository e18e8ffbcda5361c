package org.openphoneimport.page;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;

/** How far a run is, as page and JSON tell it. */
@QuarkusTest
@ClockStopped
@TestProfile(PageProfile.class)
class ProgressTest {

    private final Bench bench = Bench.get();

    @Test
    @Landing
    void what_failed_and_what_is_refused_is_counted_apart_from_what_was_read() {
        Scene.PARTS_OF_CALLS.paint(bench.database());

        assertThat(page()).contains("6,990 of 7,000, 3 failed, 7 refused")
                .containsPattern("aria-label=\"Conversations\"[^>]*>(?s:.*?)<rect class=\"lost\" x=\"99%\" width=\"1%\"");
        assertThat(json().getInt("failedConversations")).isEqualTo(3);
        assertThat(json().getInt("refusedConversations")).isEqualTo(7);
    }

    @Test
    @Landing
    void parts_of_calls_have_a_bar_of_their_own_and_the_title_waits_for_them() {
        Scene.PARTS_OF_CALLS.paint(bench.database());

        assertThat(page()).contains("1,180 of 1,800, 10 failed").containsPattern("<title>9[0-9]% Importing")
                .contains("Done at about").doesNotContain("100% Importing");
        assertThat(json().getString("doneAtAbout")).isNotNull();
    }

    @Test
    @Landing
    void which_api_read_and_what_the_other_one_found_is_said() {
        Scene.CONFIRMED.paint(bench.database());
        assertThat(page()).contains("Read through 2026-03-30; compared with v1: 100 conversations, no difference");

        bench.database().execute("UPDATE import_runs SET witness_obstacle = 'v1 could not be asked: no answer'");
        assertThat(page()).contains("Read through 2026-03-30. v1 could not be asked: no answer");

        bench.database().execute("UPDATE import_runs SET witness_obstacle = NULL, disagreed_at = now()");
        assertThat(page()).contains("v1 differed, so conversations were read through both");

        bench.database().execute("UPDATE import_runs SET disagreed_at = NULL, witness = NULL");
        assertThat(page()).contains("Read through 2026-03-30 alone: OPENPHONE_API names no other");
    }

    @Test
    @Landing
    void a_count_of_nothing_has_no_bar() {
        Scene.CONFIRMED.paint(bench.database());

        assertThat(page()).contains("<span class=\"count\">none</span>").doesNotContain("aria-label=\"Calls\"");
    }

    @Test
    void a_short_wait_is_named_and_turns_neither_headline_nor_title_nor_icon() {
        Scene.WAITING_SHORTLY.paint(bench.database());

        assertThat(page()).contains("OpenPhone asked to slow down").containsPattern("<title>\\d+% Importing")
                .contains("/icon.svg?tone=busy");
        assertThat(json().getString("waitingFor.why")).isEqualTo("OpenPhone asked to slow down");
    }

    @Test
    @Landing
    void counts_that_rise_after_the_end_are_explained() {
        Scene.CANCELLED.paint(bench.database());
        assertThat(page()).contains("Only files that it has found are still downloaded and counted");

        bench.database().execute("UPDATE import_runs SET processed_media = total_media");
        assertThat(page()).contains("Nothing more happens in this run");
    }

    private static String page() {
        return viewer().get("/runs/" + Scene.RUN).then().statusCode(200).extract().asString();
    }

    private static JsonPath json() {
        return viewer().get("/api/runs/" + Scene.RUN).then().statusCode(200).extract().jsonPath();
    }

    private static RequestSpecification viewer() {
        return RestAssured.given().auth().preemptive().basic(PageProfile.VIEWER, PageProfile.PASSWORD);
    }
}
