package org.openphoneimport.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.Landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** The JSON is what {@code /q/openapi} says of it, no more and no less. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiContractTest {

    /** What stays inside, in any form. */
    private static final List<String> INTERNAL = List.of("keyHash", "key_hash", "lease", "Lease", "deaths", "Deaths",
            "listingToken");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();
    private JsonNode document;
    private UUID run;

    @BeforeAll
    void a_run_with_something_of_everything() {
        bench.reset();
        document = Json.read(RestAssured.get("/q/openapi?format=json").asByteArray());
        run = bench.importAll().uuid("id");
        bench.stopClock();
        rows.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what, request)
                VALUES (?, 'error', 'messages', 'conversation', 'CN1', 'Not answered', 'GET /v1/messages'),
                    (?, 'warning', 'messages', 'list', 'x', 'Odd', NULL)
                """, run, run);
        rows.execute(
                """
                        UPDATE import_runs SET errors = jsonb_build_array(jsonb_build_object('time', clock_timestamp(), 'stage', 'messages',
                            'subject', 'conversation', 'id', 'CN1', 'what', 'Not answered', 'request', NULL))
                        """);
        rows.execute("""
                INSERT INTO import_events (run_id, level, kind, what, figures) VALUES (?, 'info', 'sample', 'So far',
                    '{"granted": 1, "refused": 0, "waitedMillis": 5, "conversations": 1, "messages": 2, "calls": 3}')
                """, run);
        rows.execute("""
                INSERT INTO dead_letters (queue, record_id, body, reason) VALUES ('import', '1', '{}', 'Not JSON')
                """);
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding)
                SELECT id, 'unavailable', 'conversation', 'CN1', 'Refused' FROM verifications
                """);
    }

    @AfterAll
    void let_the_clock_go_on() {
        bench.startClock();
    }

    @BeforeEach
    void ask_the_server() {
        RestAssured.port = bench.address().getPort();
    }

    @Test
    @Landing
    void the_document_is_valid() {
        var options = new ParseOptions();
        options.setResolve(true);
        var read = new OpenAPIV3Parser().readContents(document.toString(), null, options);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).containsKeys("/api/runs", "/api/runs/{id}", "/api/workspace");
    }

    @Test
    void the_document_among_the_docs_is_this_one() throws IOException {
        var current = Path.of("target", "openapi.json");
        Files.writeString(current, document.toPrettyString() + "\n");

        assertThat(Json.read(Files.readAllBytes(Path.of("docs", "openapi.json"))))
                .as("docs/openapi.json is made by: cp %s docs/openapi.json", current).isEqualTo(document);
    }

    @Test
    void each_operation_and_each_group_of_them_has_a_name() {
        var operations = document.path("paths").valueStream().flatMap(JsonNode::valueStream).toList();

        assertThat(operations).hasSizeGreaterThan(15)
                .allSatisfy(operation -> assertThat(operation.path("tags").path(0).asText()).isNotEmpty()
                        .doesNotContain("Resource"))
                .extracting(operation -> operation.path("operationId").asText()).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    @Landing
    void each_answer_is_what_the_document_says() {
        var asked = Stream.of("/api/runs", "/api/runs/{id}", "/api/runs/{id}/issues", "/api/runs/{id}/issues/groups",
                "/api/runs/{id}/events", "/api/runs/{id}/verification", "/api/dead-letters", "/api/workspace", "/api/notices")
                .toList();
        var documented = new TreeSet<String>();
        document.path("paths").properties().stream().filter(path -> path.getValue().has("get"))
                .forEach(path -> documented.add(path.getKey()));
        assertThat(documented).as("what this test asks for").containsExactlyInAnyOrderElementsOf(asked);

        asked.forEach(path -> {
            var answer = get(path.replace("{id}", run.toString()));
            assertThat(answer.isEmpty()).as(path).isFalse();
            assertThat(violations(path, answer)).as(path).isEmpty();
        });
        assertThat(violations("/api/runs/{id}/verification", get("/api/runs/" + run + "/verification?format=json"))).isEmpty();
    }

    @Test
    void a_field_that_is_not_in_the_document_and_one_that_is_lacking_are_found() {
        var answer = (ObjectNode) get("/api/runs/" + run);
        assertThat(violations("/api/runs/{id}", answer.deepCopy().put("keyHash", "1"))).isNotEmpty();
        assertThat(violations("/api/runs/{id}", answer.deepCopy().without("status"))).isNotEmpty();
        assertThat(violations("/api/runs/{id}", answer.deepCopy().putNull("status"))).isNotEmpty();
        assertThat(violations("/api/runs/{id}", answer.deepCopy().put("createdAt", "yesterday"))).isNotEmpty();
    }

    @Test
    void an_error_is_what_the_document_says() {
        var refused = Json.read(RestAssured.get("/api/runs?limit=many").then().statusCode(400).extract().asByteArray());
        var schema = document.at("/paths/~1api~1runs/get/responses/default/content/application~1json/schema");

        assertThat(schema.isMissingNode()).isFalse();
        assertThat(violations(schema, refused)).isEmpty();
    }

    @Test
    @Landing
    void nothing_internal_is_in_any_answer_or_in_the_document() {
        for (var path : List.of("/api/runs", "/api/runs/" + run, "/api/runs/" + run + "/issues", "/api/runs/" + run + "/events",
                "/api/runs/" + run + "/verification", "/api/dead-letters", "/api/workspace", "/api/notices",
                "/q/openapi?format=json")) {
            assertThat(RestAssured.get(path).asString()).as(path).doesNotContain(INTERNAL);
        }
    }

    @Test
    void names_that_scripts_rely_on_are_there() {
        var answer = get("/api/runs/" + run);
        assertThat(names(answer)).containsExactlyInAnyOrder("id", "type", "status", "reason", "windowFrom", "windowTo",
                "windowFromGiven", "api", "createdAt", "startedAt", "completedAt", "pausedAt", "pausedSeconds", "repairedAt",
                "clearedAt", "totalConversations", "processedConversations", "totalMessages", "processedMessages", "totalCalls",
                "processedCalls", "totalMedia", "processedMedia", "currentConversation", "lastCompletedConversation", "errors",
                "warnings", "listingStage", "listingStartedAt", "listedAt", "listingMovedAt", "listingWaitingFor",
                "listingFailures", "witness", "witnessObstacle", "disagreedAt", "listedWhole", "onlyV1", "checklist",
                "elapsedSeconds", "estimatedSecondsRemaining", "doneAtAbout", "failedConversations", "refusedConversations",
                "working", "expectedMessages", "expectedCalls", "waitingMedia", "failedMedia", "errorCount", "warningCount",
                "waitingFor", "callParts");
        assertThat(names(answer.path("callParts")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PartStatus.values()).map(PartStatus::text).toList());
        assertThat(names(answer.at("/errors/0"))).containsExactlyInAnyOrder("time", "stage", "subject", "id", "what",
                "request");
        assertThat(names(answer.at("/checklist/0"))).containsExactlyInAnyOrder("name", "state", "finding", "at");
        // A column that is new is told to scripts or is internal: the change that adds it says which.
        assertThat(rows.rows("SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'import_runs'")
                .stream()
                .map(row -> camelCase(row.text("name"))).filter(name -> !answer.has(name)))
                .containsExactlyInAnyOrder("keyHash", "listingToken", "listingDeaths", "listingLeaseOwner",
                        "listingLeaseUntil");
    }

    private static Set<String> names(JsonNode answer) {
        var names = new TreeSet<String>();
        answer.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String camelCase(String column) {
        var name = new StringBuilder();
        for (var word : column.split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static JsonNode get(String path) {
        return Json.read(RestAssured.get(path).then().statusCode(200).extract().asByteArray());
    }

    private List<Error> violations(String path, JsonNode answer) {
        return violations(document.path("paths").path(path).at("/get/responses/200/content/application~1json/schema"), answer);
    }

    /** No field may be there that the document does not name. */
    private List<Error> violations(JsonNode schema, JsonNode answer) {
        assertThat(schema.isObject()).isTrue();
        var complete = (ObjectNode) schema.deepCopy();
        var components = document.path("components").deepCopy();
        components.path("schemas").forEach(ApiContractTest::close);
        complete.set("components", components);
        return SCHEMAS.getSchema(complete).validate(answer);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.has("properties")) {
                object.put("additionalProperties", false);
            }
            object.path("properties").forEach(ApiContractTest::close);
        }
    }
}
