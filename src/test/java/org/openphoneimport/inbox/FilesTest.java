package org.openphoneimport.inbox;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
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
import static org.hamcrest.Matchers.equalTo;

/** Files out of the store, for those who have signed in. */
@QuarkusTest
@TestProfile(PageProfile.class)
class FilesTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Thorough
    void every_stored_file_comes_as_it_lies_in_the_store() {
        bench.importAllThroughEither();
        bench.soon().until(() -> bench.database().size("media WHERE status = 'pending'") == 0);
        var rows = bench.database().rows("SELECT id, storage_key, size FROM media WHERE status = 'stored' ORDER BY id");
        assertThat(rows).isNotEmpty();

        for (var row : rows) {
            var bytes = viewer().get("/files/" + row.text("id")).then().statusCode(200)
                    .header("Content-Length", row.text("size")).header("X-Content-Type-Options", "nosniff")
                    .header("Content-Disposition", containsString("attachment; filename=\""))
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("Cache-Control", "no-store").extract().asByteArray();
            assertThat(bytes).isEqualTo(bench.files().bytes(row.text("storage_key")));
        }
    }

    @Test
    void a_player_gets_parts() {
        var id = store("audio/mpeg", new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 });

        assertThat(viewer().header("Range", "bytes=2-4").get("/files/" + id).then().statusCode(206)
                .header("Content-Range", "bytes 2-4/10").header("Content-Length", "3").contentType("audio/mpeg").extract()
                .asByteArray()).containsExactly(2, 3, 4);
        assertThat(viewer().header("Range", "bytes=-3").get("/files/" + id).then().statusCode(206).extract().asByteArray())
                .containsExactly(7, 8, 9);
        viewer().header("Range", "bytes=10-").get("/files/" + id).then().statusCode(416).header("Content-Range", "bytes */10");
        viewer().head("/files/" + id).then().statusCode(200).header("Content-Length", "10").header("Accept-Ranges", "bytes");
    }

    @Test
    void a_page_or_a_drawing_with_scripts_is_only_saved() {
        for (var type : Arrays.asList("text/html", "image/svg+xml", "nonsense\r\nSet-Cookie: a=b", null)) {
            viewer().get("/files/"
                    + store(type, "<script>window.pwned = true</script>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .then().statusCode(200).header("Content-Type", equalTo("application/octet-stream"))
                    .header("Content-Disposition", "attachment; filename=\"AC1____-1.bin\"");
            bench.database().execute("DELETE FROM media");
        }
    }

    @Test
    @Landing
    void what_is_not_there_is_told_apart() {
        var id = store("image/png", new byte[] { 1 });
        viewer().get("/files/999").then().statusCode(404).body(containsString("There is no file of that number"));
        viewer().get("/files/..%2F..%2Fetc%2Fpasswd").then().statusCode(404);
        viewer().get("/files/99999999999999999999999").then().statusCode(404);

        bench.files().delete("message/AC1/0");
        viewer().get("/files/" + id).then().statusCode(404).body(containsString("gone from the store"));

        bench.files().unmount();
        try {
            viewer().get("/files/" + id).then().statusCode(503).body(containsString("The store of files does not answer"));
        } finally {
            bench.files().mount();
        }

        bench.database().execute("UPDATE media SET status = 'failed', storage_key = NULL, finding = 'Its host answered 410'");
        viewer().get("/files/" + id).then().statusCode(404)
                .body(containsString("This file is not stored: Its host answered 410"));
    }

    @Test
    void a_stranger_gets_none() {
        var id = store("image/png", new byte[] { 1 });

        RestAssured.given().redirects().follow(false).get("/files/" + id).then().statusCode(302).header("Location", "/login");
        viewer().post("/files/" + id).then().statusCode(405);
        viewer().delete("/files/" + id).then().statusCode(405);
    }

    private String store(@Nullable String type, byte[] bytes) {
        bench.files().write("message/AC1/0", bytes);
        return bench.database().row("""
                INSERT INTO media (subject, subject_id, position, url, status, storage_key, content_type, size)
                VALUES ('message', 'AC1<">/', 0, 'https://files.example/1', 'stored', 'message/AC1/0', ?, ?) RETURNING id
                """, type, bytes.length).text("id");
    }

    private static RequestSpecification viewer() {
        return RestAssured.given().urlEncodingEnabled(false).redirects().follow(false).auth().preemptive()
                .basic(PageProfile.VIEWER, PageProfile.PASSWORD);
    }
}
