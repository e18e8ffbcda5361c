package org.openphoneimport.openphone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** How often, and how soon, OpenPhone is asked again for what it did not answer. */
@QuarkusTest
class RepetitionTest {

    private static final Caller CALLER = new Caller(null, Instant.parse("9999-01-01T00:00:00Z"));
    /** As many as the circuit breaker looks back on. */
    private static final int WINDOW = 40;

    private final Bench bench = Bench.get();

    @Inject
    OpenPhone openPhone;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    /** The tests' application begins with 8 ms, give or take 4. */
    @Test
    void the_pause_before_a_repetition_doubles_each_time() {
        bench.openPhone().intercept(request -> Fault.status(502));

        assertThatThrownBy(() -> openPhone.conversations(CALLER, null, null))
                .isInstanceOf(OpenPhoneException.Unavailable.class);

        var times = bench.openPhone().requests().all().stream().map(request -> request.nanos()).toList();
        assertThat(times).hasSize(5);
        for (int i = 1; i < 5; i++) {
            assertThat(Duration.ofNanos(times.get(i) - times.get(i - 1))).as("pause %d", i)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(8 * (1 << (i - 1)) - 4));
        }
    }

    @Test
    @Thorough
    void an_openphone_that_only_lets_wait_is_away_as_well() throws Exception {
        bench.openPhone().intercept(request -> new Fault.NoAnswer());
        var asked = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WINDOW; i++) {
                asked.add(threads.submit(() -> openPhone.phoneNumbers(CALLER)));
            }
        }

        assertThat(asked).allSatisfy(each -> assertThatThrownBy(each::get).cause()
                .isInstanceOf(OpenPhoneException.Unavailable.class).hasMessageContaining("in time"));
        assertThat(breakers.currentState(Gateway.BREAKER)).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void whatever_answers_the_question_for_an_outage_closes_the_breaker_that_others_have_opened() {
        bench.openPhone().intercept(request -> Fault.status(503));
        for (int i = 0; i < WINDOW; i++) {
            assertThatThrownBy(() -> openPhone.phoneNumbers(CALLER)).isInstanceOf(OpenPhoneException.Unavailable.class);
        }
        assertThat(openPhone.outage(CALLER)).isPresent();
        assertThat(breakers.currentState(Gateway.BREAKER)).isEqualTo(CircuitBreakerState.OPEN);
        bench.openPhone().intercept(request -> Fault.none());

        assertThat(openPhone.outage(CALLER)).isEmpty();

        assertThat(breakers.currentState(Gateway.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(openPhone.phoneNumbers(CALLER).items()).isNotEmpty();
    }

    @Test
    void a_refusal_shows_that_requests_of_its_kind_are_answered() {
        bench.openPhone().intercept(request -> Fault.status(404));
        assertThatThrownBy(() -> openPhone.message(CALLER, "ACrefused")).isInstanceOf(OpenPhoneException.Rejected.class);
        bench.openPhone().intercept(request -> request.path().endsWith("ACsilent") ? Fault.status(502) : Fault.status(404));
        var unanswered = catchThrowableOfType(OpenPhoneException.Unavailable.class,
                () -> openPhone.message(CALLER, "ACsilent"));

        assertThat(openPhone.answering(CALLER, unanswered)).isEqualTo(Answering.OTHERS);
    }
}
