package org.openphoneimport.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.proof.NotGiven;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/** The verdict as a document to keep. */
@QuarkusTest
@TestProfile(PageProfile.class)
class ProofTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void counts_and_digests_are_those_that_another_program_computes_from_the_rows() {
        var run = bench.importAllThroughEither().text("id");

        var json = json(run);

        assertThat(json.getString("scope.runId")).isEqualTo(run);
        assertThat(json.getString("scope.api")).isEqualTo("2026-03-30");
        assertThat(json.getString("scope.witness")).isEqualTo("v1");
        assertThat(json.getString("verdict.status")).isEqualTo("clean");
        assertThat(json.getList("notGiven")).hasSize(NotGiven.values().length);
        List<Map<String, Object>> numbers = json.getList("numbers");
        assertThat(numbers.stream().mapToLong(each -> number(each, "messages")).sum())
                .isEqualTo(bench.database().size("messages WHERE absent_since IS NULL")).isPositive();
        for (var number : numbers) {
            assertThat(number.get("messagesDigest")).isEqualTo(digest(rows("""
                    SELECT id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, text FROM messages
                    WHERE absent_since IS NULL AND coalesce(phone_number_id, '') = ? ORDER BY id COLLATE "C"
                    """, number).map(row -> row.text("id") + "\t" + row.text("at") + "\t" + sha256(text(row, "text")))));
            assertThat(number.get("callsDigest")).isEqualTo(digest(
                    rows("""
                            SELECT id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, duration FROM calls
                            WHERE absent_since IS NULL AND coalesce(phone_number_id, '') = ? ORDER BY id COLLATE "C"
                            """,
                            number).map(row -> row.text("id") + "\t" + row.text("at") + "\t" + text(row, "duration"))));
        }
        List<Map<String, Object>> months = json.getList("months");
        assertThat(months.stream().mapToLong(each -> number(each, "calls")).sum())
                .isEqualTo(bench.database().size("calls WHERE absent_since IS NULL"));
        assertThat(months).anySatisfy(month -> assertThat(String.valueOf(month.get("month"))).matches("20\\d\\d-\\d\\d"));
    }

    @Test
    @Thorough
    void a_changed_text_changes_the_digest_of_its_number_alone() {
        var run = bench.importAllThroughEither().text("id");
        var before = json(run).<Map<String, Object>> getList("numbers");
        var changed = bench.database()
                .row("""
                        UPDATE messages SET text = text || '.' WHERE id = (SELECT min(id) FROM messages WHERE phone_number_id IS NOT NULL
                            AND absent_since IS NULL) RETURNING phone_number_id
                        """)
                .text("phone_number_id");

        var after = json(run).<Map<String, Object>> getList("numbers");

        for (int i = 0; i < before.size(); i++) {
            assertThat(before.get(i).equals(after.get(i))).isEqualTo(!changed.equals(before.get(i).get("id")));
        }
    }

    @Test
    @Landing
    void exceptions_stand_in_it_with_who_accepted_them_and_why() {
        Scene.ACCEPTED.paint(bench.database());

        var json = json(Scene.RUN);

        assertThat(json.getList("accepted")).hasSize(3);
        assertThat(json.getString("accepted[0].by")).isEqualTo("olga");
        assertThat(json.getString("accepted[0].reason")).isEqualTo("A number that we gave back");
        assertThat(json.getString("discrepancies[0].kind")).isEqualTo("accepted");
        viewer().get("/runs/" + Scene.RUN + "/proof").then().statusCode(200).body(containsString("accepted by <bdi>olga</bdi>"))
                .body(containsString("A number that we gave back"));
    }

    @Test
    void the_table_has_all_of_it_and_nothing_that_a_spreadsheet_would_compute() {
        Scene.FAILED.paint(bench.database());
        bench.database().execute(
                "INSERT INTO phone_numbers (id, number, name, payload) VALUES ('PN1', '+16175550100', 'Front, \"desk\"', '{}')");
        bench.database().execute(
                "UPDATE discrepancies SET finding = '=HYPERLINK(\"http://evil.example\")' || chr(10) || 'x' WHERE id % 2 = 0");

        var answer = viewer().get("/api/runs/" + Scene.RUN + "/verification?format=csv").then().statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"verification-11111111.csv\"").extract().asString();

        var rows = rows(answer);
        assertThat(rows).allMatch(row -> row.size() == rows.getFirst().size());
        assertThat(rows.getFirst()).startsWith("section", "name", "value");
        assertThat(rows.stream().filter(row -> row.getFirst().equals("discrepancy"))).hasSize(4);
        assertThat(rows.stream().filter(row -> row.getFirst().equals("check"))).hasSize(3);
        assertThat(rows.stream().filter(row -> row.getFirst().equals("not given by any API")))
                .hasSize(NotGiven.values().length);
        assertThat(rows).anyMatch(row -> row.contains("Front, \"desk\"") && row.contains("+16175550100"));
        assertThat(rows).anyMatch(row -> row.contains("'=HYPERLINK(\"http://evil.example\")\nx"));
        assertThat(rows.stream().flatMap(List::stream)).noneMatch(cell -> cell.startsWith("="));
    }

    @Test
    @Landing
    void without_a_format_the_answer_is_what_it_was() {
        Scene.FAILED.paint(bench.database());

        viewer().get("/api/runs/" + Scene.RUN + "/verification").then().statusCode(200).body("status", equalTo("discrepancies"))
                .body("scope", nullValue()).header("Content-Disposition", nullValue());
        viewer().get("/api/runs/" + Scene.RUN + "/verification?format=pdf").then().statusCode(400)
                .body("error", containsString("format must be csv or json"));
    }

    @Test
    @Landing
    void without_a_verification_there_is_no_proof() {
        Scene.IMPORTING.paint(bench.database());

        viewer().get("/api/runs/" + Scene.RUN + "/verification?format=csv").then().statusCode(404)
                .body("error", containsString("has not been verified yet"));
        viewer().get("/runs/" + Scene.RUN + "/proof").then().statusCode(404).contentType("text/html");
        viewer().get("/runs/nonsense/proof").then().statusCode(404).contentType("text/html");
    }

    @Test
    void what_is_told_of_the_apis_is_what_the_documentation_tells() throws java.io.IOException {
        var told = Files.readAllLines(Path.of("docs/limits.md")).stream().dropWhile(line -> !line.startsWith("| in the app"))
                .skip(2).takeWhile(line -> line.startsWith("|")).map(line -> line.replaceAll("[*`]", "")).toList();

        assertThat(Stream.of(NotGiven.values()).map(each -> "| %s | %s |".formatted(each.what(), each.remedy())))
                .containsExactlyElementsOf(told);
    }

    @Test
    @Thorough
    void the_page_is_led_to_from_the_verdict_and_prints() {
        Scene.FAILED.paint(bench.database());
        bench.database().execute("UPDATE discrepancies SET finding = ?, subject_id = ? || id", Scene.HOSTILE_TEXT,
                Scene.HOSTILE_TEXT);
        bench.database().execute(
                "INSERT INTO phone_numbers (id, number, name, payload) VALUES ('PN1', '+16175550100', 'Front desk', '{}')");
        try (var context = Chromium.get().user(PageProfile.VIEWER); var page = context.newPage()) {
            page.navigate("/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Proof to keep")).click();
            assertThat(page.locator("h1")).hasText("Something is missing or different");
            assertThat(page.getByText("+1 617-555-0100").first()).isVisible();
            Looks.at(page, "proof");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("CSV"))).isHidden();
            page.pdf(new Page.PdfOptions().setPath(Path.of("target/screenshots/proof.pdf")).setFormat("A4"));
            assertThat(page.evaluate("window.pwned")).isNull();
        }
    }

    private static long number(Map<String, Object> row, String name) {
        return Long.parseLong(String.valueOf(row.get(name)));
    }

    private static JsonPath json(String run) {
        return viewer().get("/api/runs/" + run + "/verification?format=json").then().statusCode(200)
                .contentType("application/json")
                .header("Content-Disposition", containsString("attachment; filename=\"verification-")).extract().jsonPath();
    }

    private Stream<Row> rows(String sql, Map<String, Object> number) {
        return bench.database().rows(sql, number.get("id")).stream();
    }

    private static String text(Row row, String column) {
        var value = row.columns().get(column);
        return value == null ? "" : value.toString();
    }

    private static String digest(Stream<String> lines) {
        return sha256(lines.collect(Collectors.joining("\n")));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** As RFC 4180 has it. */
    private static List<List<String>> rows(String csv) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        return rows;
    }

    private static RequestSpecification viewer() {
        return RestAssured.given().redirects().follow(false).auth().preemptive().basic(PageProfile.VIEWER,
                PageProfile.PASSWORD);
    }
}
