package org.openphoneimport.status;

import java.util.ArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages under the settings that they have by default: many see what one reading brought. */
@QuarkusTest
class SharedPageTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void whoever_keeps_looking_sees_what_is_read_for_those_who_follow() throws Exception {
        var id = bench.importAll().uuid("id");
        var seen = new ArrayList<String>();
        for (int look = 0; look < 30; look++) {
            if (look == 5) {
                bench.database().execute("UPDATE import_runs SET processed_messages = 4321");
            }
            for (var path : new String[] { "/", "/runs/" + id }) {
                seen.add(RestAssured.get(path).then().statusCode(200).extract().asString());
            }
            Thread.sleep(100);
        }

        assertThat(seen.getFirst()).doesNotContain("4,321");
        assertThat(seen.subList(seen.size() - 2, seen.size())).allSatisfy(page -> assertThat(page).contains("4,321"));
    }
}
