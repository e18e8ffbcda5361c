package org.openphoneimport.imports;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;

import com.sun.management.ThreadMXBean;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each further conversation costs, told from a small and a larger import: never in time, which depends on the machine.
 * Verification is part of it. Bytes are those of the whole process, the server that plays OpenPhone among them, so nothing may
 * run beside.
 */
@QuarkusTest
@ClockStopped
@ResourceLock("beside others")
@Order(Integer.MAX_VALUE) // It waits for all who run beside it, and others would wait with it.
@Landing
class CostsTest {

    private static final Logger LOG = Logger.getLogger(CostsTest.class);

    private static final int FEW = 100;
    private static final int MANY = 400;

    private final Bench bench = Bench.get();

    @Test
    void through_v1_a_conversation_costs_two_requests_and_few_statements_transactions_and_bytes() {
        var cost = cost(bench::importAll);

        // Two for the conversation, one for a hundredth of the list, of which the rows of a page are ten here.
        assertThat(cost.requests()).isLessThan(2.4);
        // One more for each page of contacts, of which ten stand on a page here and fifty on OpenPhone's: who lists them.
        assertThat(cost.statements()).isLessThan(2.5);
        assertThat(cost.transactions()).isLessThan(3.2);
        assertThat(cost.bytes()).isLessThan(550_000);
    }

    @Test
    void through_the_dated_api_a_conversation_costs_a_part_of_a_page() {
        var cost = cost(bench::importAllDated);

        assertThat(cost.requests()).isLessThan(0.4);
        assertThat(cost.statements()).isLessThan(1.9);
        assertThat(cost.transactions()).isLessThan(0.9);
        assertThat(cost.bytes()).isLessThan(160_000);
    }

    private record Cost(double requests, double statements, double transactions, double bytes) {
    }

    private Cost cost(Supplier<Row> importing) {
        // Once for what is only loaded once.
        total(FEW, importing);
        var few = total(FEW, importing);
        var many = total(MANY, importing);
        double more = MANY - FEW;
        var cost = new Cost((many.requests - few.requests) / more, (many.statements - few.statements) / more,
                (many.transactions - few.transactions) / more, (many.bytes - few.bytes) / more);
        LOG.infof("Each further conversation: %s", cost);
        return cost;
    }

    private Cost total(int conversations, Supplier<Row> importing) {
        bench.reset();
        serve(conversations);
        bench.database().forgetStatements();
        long before = allocated();
        var run = importing.get();
        long bytes = allocated() - before;
        assertThat(run.number("processed_messages")).isEqualTo(conversations);
        return new Cost(bench.openPhone().requests().count(),
                bench.database().statements("%") - bench.database().statements("%take_request_slot%"),
                bench.database().transactions(), bytes);
    }

    private void serve(int conversations) {
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst().id();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < conversations; i++) {
            var id = "CN%04d".formatted(i);
            workspace.addConversation(id, number, List.of("+1617555%04d".formatted(i)), at);
            workspace.addMessage("AC%04d".formatted(i), id, "Hello " + i, at.plusSeconds(i));
        }
        bench.openPhone().serve(workspace);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }
}
