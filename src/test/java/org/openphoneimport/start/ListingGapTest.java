package org.openphoneimport.start;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A conversation that moves to the front while v1 is listed stands on no page of the list. */
@QuarkusTest
class ListingGapTest {

    private final Bench bench = Bench.get();
    private final SampleWorkspace workspace = SampleWorkspace.generate(SampleSettings.defaults().withConversations(5));

    @BeforeEach
    void reset() {
        bench.reset();
        bench.openPhone().serve(workspace);
    }

    @Test
    void what_moved_to_the_front_is_brought_by_a_second_list_of_what_was_updated_since_the_first_began() {
        var moved = workspace.threads().conversations().stream().filter(one -> one.participants().size() == 1).findFirst()
                .orElseThrow().id();
        workspace.addMessage("ACmoved", moved, "Are you there?", Instant.now());
        var second = new ConcurrentLinkedQueue<String>();
        bench.openPhone().intercept(request -> {
            if (!isList(request)) {
                return Fault.none();
            }
            request.parameter("updatedAfter").ifPresent(second::add);
            return request.parameter("updatedAfter").isPresent() ? Fault.none() : Fault.changed(page -> {
                for (var rows = page.path("data").iterator(); rows.hasNext();) {
                    if (rows.next().path("id").asText().equals(moved)) {
                        rows.remove();
                    }
                }
                return page;
            });
        });

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("conversations")).contains(moved);
        assertThat(bench.database().ids("messages")).contains("ACmoved");
        assertThat(run.get("repaired_at")).as("a repair would hide what the listing has missed").isNull();
        // Less what clocks may differ; with more it would list everything again.
        assertThat(second).isNotEmpty().first().satisfies(since -> assertThat(Instant.parse(since))
                .isCloseTo(run.time("listing_started_at").minus(Duration.ofMinutes(10)), within(1, MILLIS)));
    }

    private static boolean isList(SampleRequest request) {
        return request.path().equals("/v1/conversations");
    }
}
