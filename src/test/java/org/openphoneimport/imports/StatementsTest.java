package org.openphoneimport.imports;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What an import costs the database, counted there. */
@QuarkusTest
class StatementsTest {

    private final Bench bench = Bench.get();

    @Inject
    Scheduler scheduler;

    /** keep-runs comes as often as the clock says, and a slow machine would take its statements for the batch's. */
    @BeforeEach
    void stop_the_clock() {
        scheduler.pause();
    }

    @AfterEach
    void let_the_clock_go_on() {
        scheduler.resume();
    }

    @BeforeEach
    void serve_single_texts() {
        bench.reset();
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst().id();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 15; i++) {
            var id = "CN%03d".formatted(i);
            workspace.addConversation(id, number, List.of("+1617555%04d".formatted(i)), at);
            workspace.addMessage("AC%03d".formatted(i), id, "Hello " + i, at.plusSeconds(i));
        }
        bench.openPhone().serve(workspace);
    }

    @Test
    void a_batch_of_single_texts_costs_tens_of_statements_besides_the_limiters() {
        bench.database().forgetStatements();

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_messages")).isEqualTo(15);
        // One to try the key, four for the directory, three to list, two for each conversation, four to verify.
        assertThat(bench.openPhone().requests().count(request -> !request.path().contains("webhooks"))).isEqualTo(42);
        long requests = bench.openPhone().requests().count();
        assertThat(bench.database().statements("%take_request_slot%")).isEqualTo(requests);
        // Most of them are the listing's, the verification's and keep-runs', however many conversations there are. Two more for
        // each conversation would be seen.
        assertThat(bench.database().statements("%") - requests).as(bench.database().costliestStatements()).isLessThan(320);
    }
}
