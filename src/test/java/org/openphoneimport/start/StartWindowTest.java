package org.openphoneimport.start;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Row;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The window that a run is created with. */
@QuarkusTest
class StartWindowTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
        bench.openPhone().intercept(request -> request.path().equals("/v1/phone-numbers") ? Fault.none() : Fault.status(503));
    }

    @AfterEach
    void cancel() {
        bench.reset();
    }

    @Test
    void a_reconciliation_goes_back_a_day_and_the_overlap() {
        var run = start("{\"type\":\"reconciliation\"}");

        assertThat(run.is("window_from_given")).isFalse();
        assertThat(run.time("window_from").toEpochMilli())
                .isCloseTo(Instant.now().minus(Duration.ofDays(3)).toEpochMilli(), within(60_000L));
        assertThat(run.get("window_to")).isNull();
    }

    @Test
    void a_start_that_was_given_is_kept() {
        var run = start("{\"type\":\"reconciliation\",\"from\":\"2026-02-01\",\"to\":\"2026-03-01\"}");

        assertThat(run.is("window_from_given")).isTrue();
        assertThat(run.time("window_from")).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(run.time("window_to")).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    }

    private Row start(String payload) {
        return bench.run(bench.start(payload, Api.V1));
    }
}
