package org.openphoneimport.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What the API of 2026-03-30 is there for, at the size that counts. */
@QuarkusTest
@Tag("chaos")
class FullSizeTest {

    private static final Logger LOG = Logger.getLogger(FullSizeTest.class);

    /** What the number of conversations, messages and calls decides; a directory, and parts of calls, cost the same as ever. */
    private static final Set<String> LISTS = Set.of("/organization", "/conversations", "/messages", "/calls",
            "/v1/phone-numbers");

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void seven_thousand_conversations_cost_at_most_760_requests_through_the_dated_api() {
        var workspace = SampleWorkspace.generate(SampleSettings.defaults());
        bench.openPhone().serve(workspace);
        var started = Instant.now();

        var id = bench.startDated();
        bench.soon().atMost(Duration.ofMinutes(10))
                .until(() -> !bench.run(id).text("status").matches("pending|running|verifying"));
        var run = bench.run(id);

        LOG.infof("%s requests for %d conversations, %d messages, %d calls in %s",
                bench.openPhone().requests().countByTemplate(),
                run.get("processed_conversations"), run.get("processed_messages"), run.get("processed_calls"),
                Duration.between(started, Instant.now()));
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().ids("calls")).containsAll(workspace.calls().ids());
        assertThat(bench.openPhone().requests().count(request -> LISTS.contains(request.template()))).isLessThanOrEqualTo(760);
    }
}
