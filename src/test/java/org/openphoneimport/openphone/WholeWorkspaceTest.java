package org.openphoneimport.openphone;

import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is only believed of the API of 2026-03-30 is looked at in what it answers. */
@QuarkusTest
class WholeWorkspaceTest {

    private static final Caller CALLER = new Caller(null, Instant.parse("9999-01-01T00:00:00Z"));

    private final Bench bench = Bench.get();

    @Inject
    WholeWorkspace workspace;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void lists_that_ignore_times_are_noticed_whichever_it_is() {
        assertThat(workspace.filtersByTime(CALLER)).isTrue();
        for (var list : new String[] { "/messages", "/calls" }) {
            bench.openPhone()
                    .intercept(request -> request.path().equals(list) ? Fault.changed(WholeWorkspaceTest::withOneOfToday)
                            : Fault.none());

            assertThat(workspace.filtersByTime(CALLER)).as(list).isFalse();
        }
    }

    @Test
    void an_order_that_is_ignored_is_not_believed() {
        assertThat(workspace.conversations(CALLER, new TimeSlice(null, null), WholeWorkspace.Order.OLDEST_FIRST, null).items())
                .hasSize(Bench.PAGE);
        bench.openPhone().intercept(request -> Fault.changed(WholeWorkspaceTest::turned));

        for (var order : WholeWorkspace.Order.values()) {
            assertThatThrownBy(() -> workspace.conversations(CALLER, new TimeSlice(null, null), order, null))
                    .isInstanceOf(OpenPhoneException.Rejected.class).hasMessageStartingWith("OpenPhone does not sort as asked");
        }
    }

    private static JsonNode withOneOfToday(JsonNode page) {
        ((ArrayNode) page.path("data")).addObject().put("id", "AC1").put("conversationId", "CN1").put("createdAt",
                Instant.now().toString());
        return page;
    }

    private static JsonNode turned(JsonNode page) {
        var turned = ((ObjectNode) page.deepCopy()).putArray("data");
        page.path("data").forEach(row -> turned.insert(0, row));
        return ((ObjectNode) page.deepCopy()).set("data", turned);
    }
}
