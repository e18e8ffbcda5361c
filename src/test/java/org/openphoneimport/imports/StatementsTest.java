package org.openphoneimport.imports;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run costs the database by itself, counted there. What each conversation costs CostsTest says. */
@QuarkusTest
@ClockStopped
@Landing
class StatementsTest {

    /** One batch, of 15. */
    private static final int CONVERSATIONS = 15;

    private final Bench bench = Bench.get();

    @Test
    void a_run_by_itself_costs_few_statements_besides_the_limiters_and_those_of_keep_runs() {
        // What a process asks for once, and each of its connections.
        importTexts();

        // Most of these are the listing's and the verification's, however many conversations there are. How often keep-runs comes is up
        // to the machine: in all it is some nine statements for each task that it does, 190 to 225, and 82 to 101 are left.
        assertThat(importTexts()).as(bench.database().costliestStatements()).isLessThan(115);
    }

    /**
     * Imports some conversations with a text each; returns how many statements that took besides the limiter's and those of
     * keep-runs.
     */
    private long importTexts() {
        bench.reset();
        bench.openPhone().serve(texts());
        bench.database().forgetStatements();

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_messages")).isEqualTo(CONVERSATIONS);
        // One to try the key, four for the directory, three to list, two for each conversation, four to verify.
        assertThat(bench.openPhone().requests().count(request -> !request.path().contains("webhooks"))).isEqualTo(42);
        long requests = bench.openPhone().requests().count();
        assertThat(bench.database().statements("%take_request_slot%")).isEqualTo(requests);
        long statements = bench.database().statements("%") - requests
        // The driver's, of each new connection.
                - bench.database().statements("SELECT c.oid, a.attnum, a.attname%");
        return statements - 9 * bench.database().statements("%INTO keep_leases%");
    }

    private static SampleWorkspace texts() {
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst().id();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < CONVERSATIONS; i++) {
            var id = "CN%03d".formatted(i);
            workspace.addConversation(id, number, List.of("+1617555%04d".formatted(i)), at);
            workspace.addMessage("AC%03d".formatted(i), id, "Hello " + i, at.plusSeconds(i));
        }
        return workspace;
    }
}
