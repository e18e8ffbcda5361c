package org.openphoneimport.imports;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Dates that mean for ever, or never, are dates: Postgres holds more of them than ISO 8601 writes with four digits. */
@QuarkusTest
class FarDatesTest {

    private static final Instant AT = Instant.parse("2026-10-01T00:00:00Z");

    private static final int MESSAGES = 60;

    private static final List<String> DATES = List.of("9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z",
            "+275760-09-13T00:00:00.000Z", "-0043-03-15T12:00:00Z", "+294276-12-31T23:59:59Z", "-4712-11-24T00:00:00Z");

    private static final List<String> STORED = List.of("9999-12-31 23:59:59.999 AD", "0001-01-01 00:00:00.000 AD",
            "275760-09-13 00:00:00.000 AD", "0044-03-15 12:00:00.000 BC", "294276-12-31 23:59:59.000 AD",
            "4713-11-24 00:00:00.000 BC");

    private final Bench bench = Bench.get();

    @BeforeEach
    void serve_a_conversation_for_each() {
        bench.reset();
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst().id();
        for (int i = 0; i < DATES.size(); i++) {
            workspace.addConversation("CN" + i, number, List.of("+1617555010" + i), AT);
            workspace.addMessage("AC" + i, "CN" + i, "Hello", AT);
        }
        bench.openPhone().serve(workspace);
    }

    @Test
    void however_far_they_are_they_are_stored_and_compared_as_they_are() {
        bench.openPhone().intercept(request -> switch (request.template()) {
            case "/v1/conversations" -> Fault.changed(page -> {
                page.path("data").forEach(row -> ((ObjectNode) row).put("mutedUntil",
                        DATES.get(Integer.parseInt(row.path("id").asText().substring(2)))));
                return page;
            });
            default -> Fault.none();
        });

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().rows("""
                SELECT to_char(muted_until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS AD') AS date
                FROM conversations ORDER BY id
                """)).extracting(row -> row.text("date")).isEqualTo(STORED);
        assertThat(bench.database().size("import_issues")).isZero();
        assertThat(bench.database().value("SELECT status FROM verifications")).isEqualTo("clean");
    }

    @Test
    @Landing
    void a_slice_of_time_may_stand_at_one() {
        var workspace = Bench.workspace(0);
        workspace.addConversation("CN", workspace.directory().phoneNumbers().getFirst().id(), List.of("+16175550100"), AT);
        // More than a page, so that it has to stand somewhere.
        for (int i = 0; i < MESSAGES; i++) {
            workspace.addMessage("AC" + i, "CN", "Hello", AT);
        }
        bench.openPhone().serve(workspace);
        bench.openPhone().intercept(request -> request.path().endsWith("/messages") ? Fault.changed(page -> {
            page.path("data").forEach(row -> ((ObjectNode) row).put("createdAt", "+275760-09-13T00:00:00.000Z"));
            return page;
        }) : Fault.none());

        bench.importAllDated();

        assertThat(bench.database().size("messages WHERE created_at = '275760-09-13T00:00:00Z'")).isEqualTo(MESSAGES);
    }
}
