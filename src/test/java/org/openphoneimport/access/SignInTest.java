package org.openphoneimport.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.secret.Secrets;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

/** What ends a session, and what guessing comes to. */
@QuarkusTest
@TestProfile(PageProfile.class)
class SignInTest {

    private static final String COOKIE = "openphone-import";

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void signing_out_ends_the_session_for_whoever_has_its_cookie() {
        var cookie = signIn();
        var other = signIn();
        stranger().cookie(COOKIE, cookie).get("/runs").then().statusCode(200);

        stranger().cookie(COOKIE, cookie).post("/logout").then().statusCode(303);

        stranger().cookie(COOKIE, cookie).get("/runs").then().statusCode(302);
        stranger().cookie(COOKIE, cookie).get("/api/runs").then().statusCode(302);
        stranger().cookie(COOKIE, other).get("/runs").then().statusCode(200);
    }

    @Test
    void another_password_ends_the_sessions_of_the_old_one() {
        var cookie = signIn();
        stranger().cookie(COOKIE, cookie).get("/runs").then().statusCode(200);
        var changed = new SmallRyeConfigBuilder().withMapping(AccessConfig.class).withSources(new PropertiesConfigSource(
                Map.of("page.users", PageProfile.user(PageProfile.VIEWER, "viewer")), "test", 1000)).build();

        QuarkusMock.installMockForType(
                new Users(changed.getConfigMapping(AccessConfig.class), new Secrets(Clock.systemUTC())), Users.class);

        stranger().cookie(COOKIE, cookie).get("/runs").then().statusCode(302);
        stranger().cookie(COOKIE, signIn()).get("/runs").then().statusCode(200);
    }

    @Test
    @Landing
    void people_are_called_by_their_names_whatever_their_cookie_holds() {
        stranger().cookie(COOKIE, signIn()).get("/runs").then().statusCode(200)
                .body(containsString("<bdi>victor</bdi>, viewer"));
        stranger().cookie(COOKIE, signIn()).post("/api/runs").then().statusCode(403).body(containsString("victor is a viewer"));
    }

    @Test
    void after_five_wrong_passwords_a_name_has_to_wait_and_no_other_has() {
        for (int guess = 1; guess <= 5; guess++) {
            script(PageProfile.VIEWER, "wrong").get("/api/runs").then().statusCode(401);
        }

        script(PageProfile.VIEWER, PageProfile.PASSWORD).get("/api/runs").then().statusCode(401);
        script(PageProfile.OPERATOR, PageProfile.PASSWORD).get("/api/runs").then().statusCode(200);
        bench.database().execute("UPDATE wrong_passwords SET last_at = last_at - interval '11 seconds'");
        script(PageProfile.VIEWER, PageProfile.PASSWORD).get("/api/runs").then().statusCode(200);
        assertThat(bench.database().size("wrong_passwords")).isZero();
    }

    @Test
    void each_wrong_password_more_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        bench.database().execute("""
                INSERT INTO wrong_passwords (name_hash, count) VALUES (encode(sha256('%s'), 'hex'), 8)
                """.formatted(PageProfile.VIEWER));
        bench.database().execute("UPDATE wrong_passwords SET last_at = last_at - interval '15 seconds'");
        script(PageProfile.VIEWER, PageProfile.PASSWORD).get("/api/runs").then().statusCode(401);
        bench.database()
                .execute("UPDATE wrong_passwords SET count = 1000, last_at = clock_timestamp() - interval '10 minutes'");
        script(PageProfile.VIEWER, PageProfile.PASSWORD).get("/api/runs").then().statusCode(401);
        bench.database().execute("UPDATE wrong_passwords SET last_at = clock_timestamp() - interval '15 minutes'");

        script(PageProfile.VIEWER, PageProfile.PASSWORD).get("/api/runs").then().statusCode(200);
    }

    @Test
    void an_address_that_no_cookie_can_hold_is_refused_at_once() {
        for (var path : new String[] { "/runs/;x", "/;jsessionid=1", "/?a;b", "/runs?a=1,2", "/q/metrics;x" }) {
            var began = System.nanoTime();
            stranger().urlEncodingEnabled(false).get(path).then().statusCode(400)
                    .body(containsString("unless they are encoded"));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).as(path).isLessThan(Duration.ofSeconds(5));
        }
        stranger().urlEncodingEnabled(false).get("/runs?a=1%2C2%3B3").then().statusCode(302);
    }

    private static String signIn() {
        return stranger().formParam("name", PageProfile.VIEWER).formParam("password", PageProfile.PASSWORD).post("/login")
                .then().statusCode(302).extract().cookie(COOKIE);
    }

    private static RequestSpecification stranger() {
        return RestAssured.given().redirects().follow(false);
    }

    private static RequestSpecification script(String user, String password) {
        return stranger().auth().preemptive().basic(user, password);
    }
}
