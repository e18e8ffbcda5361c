package org.openphoneimport.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
class DeadLettersResourceTest {

    private final Bench bench = Bench.get();

    private UUID older;
    private UUID newer;

    @BeforeEach
    void give_up_three_records_of_which_one_was_sent_back() {
        bench.reset();
        older = letter("import", "not json", "It is not a batch record", "2026-11-01T10:00:00Z", null);
        newer = letter("media", "{\"mediaId\":17}", "There is no media file 17", "2026-11-02T10:00:00Z", null);
        letter("import", "{}", "Sent back", "2026-11-03T10:00:00Z", "2026-11-03T11:00:00Z");
    }

    @Test
    void those_that_wait_are_listed_newest_first_with_all_that_is_known_of_them() {
        var letters = RestAssured.get("/api/dead-letters").then().statusCode(200).contentType("application/json").extract()
                .jsonPath().getList("");

        assertThat(letters).isEqualTo(List.of(
                Map.of("id", newer.toString(), "queue", "media", "body", "{\"mediaId\":17}", "reason",
                        "There is no media file 17", "movedAt", "2026-11-02T10:00:00Z"),
                Map.of("id", older.toString(), "queue", "import", "body", "not json", "reason", "It is not a batch record",
                        "movedAt", "2026-11-01T10:00:00Z")));
        RestAssured.get("/api/dead-letters?limit=1").then().statusCode(200).body("", hasSize(1))
                .body("[0].id", equalTo(newer.toString()));
        RestAssured.get("/api/dead-letters?limit=0").then().statusCode(400).body("field", equalTo("limit"));
    }

    @Test
    void one_is_sent_back_to_its_own_queue_once() {
        RestAssured.post("/api/dead-letters/{id}/send-back", older).then().statusCode(200).body("sentBack", equalTo(1));

        assertThat(bench.queues().size(bench.queues().importUrl())).isEqualTo(1);
        assertThat(bench.queues().size(bench.queues().mediaUrl())).isZero();
        RestAssured.get("/api/dead-letters").then().body("id", equalTo(List.of(newer.toString())));
        RestAssured.post("/api/dead-letters/{id}/send-back", older).then().statusCode(404);
        RestAssured.post("/api/dead-letters/{id}/send-back", "no-id").then().statusCode(404);
        assertThat(bench.queues().size(bench.queues().importUrl())).isEqualTo(1);

        RestAssured.post("/api/dead-letters/{id}/send-back", newer).then().statusCode(200).body("sentBack", equalTo(1));
        assertThat(bench.queues().size(bench.queues().importUrl())).isEqualTo(1);
        assertThat(bench.queues().size(bench.queues().mediaUrl())).isEqualTo(1);
    }

    @Test
    @Landing
    void all_are_sent_back_at_once() {
        RestAssured.post("/api/dead-letters/send-back").then().statusCode(200).body("sentBack", equalTo(2));

        RestAssured.get("/api/dead-letters").then().body("", hasSize(0));
        RestAssured.post("/api/dead-letters/send-back").then().statusCode(200).body("sentBack", equalTo(0));
    }

    private UUID letter(String queue, String body, String reason, String movedAt, @Nullable String sentBackAt) {
        return bench.database().row("""
                INSERT INTO dead_letters (queue, record_id, body, reason, moved_at, sent_back_at)
                VALUES (?, gen_random_uuid(), ?, ?, CAST(? AS timestamptz), CAST(? AS timestamptz)) RETURNING id
                """, queue, body, reason, movedAt, sentBackAt).uuid("id");
    }
}
