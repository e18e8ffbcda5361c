package org.openphoneimport.page;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

/** Who did it stands in the log. */
@QuarkusTest
@TestProfile(PageProfile.class)
class PressesTest {

    private final Bench bench = Bench.get();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(new PatternFormatter("%s").format(line));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void reset() {
        bench.reset();
        Logger.getLogger("org.openphoneimport").addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("org.openphoneimport").removeHandler(handler);
    }

    @Test
    @Thorough
    void each_press_stands_in_the_log_of_its_run_with_the_name_of_who_pressed() {
        var run = operator().post("/api/runs").then().statusCode(200).extract().jsonPath().getString("runId");
        operator().post("/api/runs").then().statusCode(200);
        bench.awaitEnd(UUID.fromString(run));
        for (var action : List.of("pause", "verify", "repair", "retry", "resume")) {
            operator().post("/api/runs/" + run + "/" + action);
            bench.soon().until(() -> bench.database().size("verifications WHERE status = 'running'") == 0);
        }
        operator().body("{\"reason\":\"because\"}").post("/api/runs/" + run + "/accept");
        operator().post("/runs/" + run + "/cancel");
        operator().post("/runs/" + run + "/issues/999/retry");

        assertThat(presses()).hasSize(10).allMatch(line -> line.startsWith("olga pressed \""))
                .anyMatch(line -> line.equals("olga pressed \"start\""))
                .anyMatch(line -> line.equals("olga pressed \"start\" in vain: this run was active already"))
                .anyMatch(line -> line.startsWith("olga pressed \"pause\" in vain: The run is completed"))
                .anyMatch(line -> line.equals("olga pressed \"verify\""))
                .anyMatch(line -> line.startsWith("olga pressed \"accept\""))
                .anyMatch(line -> line.startsWith("olga pressed \"cancel\" in vain"))
                .anyMatch(line -> line.startsWith("olga pressed \"retry one error\" in vain"));
        operator().get("/runs/" + run + "/log").then().statusCode(200).body(containsString("olga pressed &quot;verify&quot;"));
    }

    @Test
    @Landing
    void what_is_about_no_run_stands_in_the_log_of_the_last_one() {
        Scene.FAILED.paint(bench.database());
        var letter = bench.database().rows("SELECT id FROM dead_letters").getFirst().text("id");

        operator().post("/api/dead-letters/" + letter + "/send-back").then().statusCode(200);
        operator().post("/dead-letters/send-back").then().statusCode(303);
        operator().body("{\"confirm\":\"wrong123\"}").post("/api/imported-data/clear").then().statusCode(400);
        operator().body("{\"confirm\":\"" + Scene.RUN.substring(0, 8) + "\"}").post("/api/imported-data/clear").then()
                .statusCode(204);

        assertThat(presses()).hasSize(4).contains("olga pressed \"send back dead letter " + letter + "\"",
                "olga pressed \"send back all 1 dead letters\"", "olga pressed \"clear imported data\"")
                .anyMatch(line -> line.startsWith("olga pressed \"clear imported data\" in vain: The confirmation must be"));
    }

    @Test
    void sign_ins_and_passwords_that_were_refused_stand_in_the_log_of_the_application() {
        var cookie = RestAssured.given().redirects().follow(false).formParam("name", PageProfile.OPERATOR)
                .formParam("password", PageProfile.PASSWORD).post("/login").then().extract().cookie("openphone-import");
        RestAssured.given().redirects().follow(false).formParam("name", PageProfile.VIEWER).formParam("password", "wrong")
                .post("/login");
        RestAssured.given().redirects().follow(false).cookie("openphone-import", cookie).post("/logout").then().statusCode(303);
        operator().get("/api/runs").then().statusCode(200);
        RestAssured.given().auth().preemptive().basic(PageProfile.VIEWER, PageProfile.PASSWORD).post("/api/runs").then()
                .statusCode(403);

        assertThat(told).containsOnlyOnce("olga signed in").contains("A wrong password was tried for victor", "olga signed out",
                "victor, a viewer, was refused to change something by /api/runs");
    }

    private List<String> presses() {
        return bench.database().rows("SELECT what FROM import_events WHERE kind = 'press' ORDER BY id").stream()
                .map(row -> row.text("what")).toList();
    }

    private static RequestSpecification operator() {
        return RestAssured.given().redirects().follow(false).auth().preemptive()
                .basic(PageProfile.OPERATOR, PageProfile.PASSWORD);
    }
}
