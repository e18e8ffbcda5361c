package org.openphoneimport.page;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Thorough;

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
    @Thorough
    void whoever_keeps_looking_sees_what_is_read_for_those_who_follow() {
        var id = bench.importAll().uuid("id");
        var pages = List.of("/", "/runs/" + id);
        assertThat(pages).allSatisfy(path -> assertThat(page(path)).doesNotContain("4,321"));

        bench.database().execute("UPDATE import_runs SET processed_messages = 4321");

        bench.soon().untilAsserted(() -> assertThat(pages).allSatisfy(path -> assertThat(page(path)).contains("4,321")));
    }

    private static String page(String path) {
        return RestAssured.get(path).then().statusCode(200).extract().asString();
    }
}
