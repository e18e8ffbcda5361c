package org.openphoneimport.imports;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What an import costs the database, counted there. */
@QuarkusTest
class StatementsTest {

    /** One batch, of 15. */
    private static final int FEW = 15;

    /** Four batches. */
    private static final int MANY = 60;

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

    @Test
    void more_conversations_cost_more_pages_and_batches_and_nothing_for_each() {
        // What a process asks for once, and each of its connections.
        importTexts(FEW);

        long few = importTexts(FEW);
        long many = importTexts(MANY);

        // Most of these are the listing's, the verification's and keep-runs', however many conversations there are.
        assertThat(few).as(bench.database().costliestStatements()).isLessThan(300);
        // Three batches more and five pages. One statement more for each conversation would be seen.
        assertThat(many - few).as(bench.database().costliestStatements()).isLessThan(120);
    }

    /** Imports so many conversations with a text each; returns how many statements that took besides the limiter's. */
    private long importTexts(int conversations) {
        bench.reset();
        bench.openPhone().serve(texts(conversations));
        bench.database().forgetStatements();

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_messages")).isEqualTo(conversations);
        int pages = (conversations + Bench.PAGE - 1) / Bench.PAGE;
        // One to try the key, four for the directory, two for each conversation, one for each page to list and to verify, and
        // three more for what the pages do not tell.
        assertThat(bench.openPhone().requests().count(request -> !request.path().contains("webhooks")))
                .isEqualTo(8 + 2 * conversations + 2 * pages);
        long requests = bench.openPhone().requests().count();
        assertThat(bench.database().statements("%take_request_slot%")).isEqualTo(requests);
        long statements = bench.database().statements("%") - requests
        // The driver's, of each new connection.
                - bench.database().statements("SELECT c.oid, a.attnum, a.attname%");
        return statements;
    }

    private static SampleWorkspace texts(int conversations) {
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst().id();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < conversations; i++) {
            var id = "CN%03d".formatted(i);
            workspace.addConversation(id, number, List.of("+1617555%04d".formatted(i)), at);
            workspace.addMessage("AC%03d".formatted(i), id, "Hello " + i, at.plusSeconds(i));
        }
        return workspace;
    }
}
