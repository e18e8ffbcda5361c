package org.openphoneimport.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.openphone.Answering;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** How a delivery ends whose reading stops before its end. */
@QuarkusTest
@ClockStopped
class StopPolicyTest {

    private static final Caller CALLER = new Caller(null, Instant.parse("9999-01-01T00:00:00Z"));

    private final Bench bench = Bench.get();

    @Inject
    StopPolicy interruption;

    @Inject
    OutageProbe outage;

    @Inject
    OpenPhone openPhone;

    private UUID run;

    @BeforeEach
    void begin() {
        run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at)
                VALUES ('historical', 'paused', now(), 'hash', 'done', now()) RETURNING id
                """).uuid("id");
        // Without something open keep-runs would end the run.
        bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN0')", run);
        bench.database().execute("UPDATE import_runs SET status = 'running'");
    }

    @Test
    void a_time_limit_lets_a_batch_go_on_at_once_and_counts_against_it_only_if_nothing_was_read() {
        assertThat(interruption.outcome(run, false, new NotNowException.OutOfTime()))
                .isEqualTo(new Outcome.Again(false, Duration.ZERO, null));
        assertThat(interruption.outcome(run, true, new NotNowException.OutOfTime()))
                .isEqualTo(new Outcome.Again(true, Duration.ZERO, "Nothing could be read within the time limit"));
    }

    @Test
    void a_wait_that_openphone_asked_for_is_kept_and_no_fault_of_the_batch() {
        bench.openPhone().intercept(request -> Fault.answer(Reply.empty(429).header("Retry-After", "300")));
        var blocked = catchThrowableOfType(NotNowException.Blocked.class, () -> openPhone.phoneNumbers(CALLER));

        assertThat(interruption.outcome(run, true, blocked))
                .isEqualTo(new Outcome.Again(false, blocked.remaining(), blocked.getMessage()));
        assertThat(blocked.remaining()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
    }

    @Test
    void a_key_that_is_refused_pauses_the_run_and_says_what_to_do() {
        bench.openPhone().intercept(request -> Fault.status(401));
        var refused = catchThrowableOfType(RuntimeException.class, () -> openPhone.phoneNumbers(CALLER));

        assertThat(interruption.outcome(run, true, refused)).isEqualTo(new Outcome.Stopped());

        assertThat(bench.run(run).text("status")).isEqualTo("paused");
        assertThat(bench.run(run).text("reason")).startsWith("OpenPhone answered 401 to GET /v1/phone-numbers")
                .contains("Check the key in Workspace Settings");
    }

    @Test
    void a_run_that_stands_still_stops_and_what_is_not_expected_is_thrown() {
        assertThat(interruption.outcome(run, false, new NotNowException.RunStopped("paused"))).isEqualTo(new Outcome.Stopped());
        var unexpected = new IllegalStateException("No such thing");
        assertThatThrownBy(() -> interruption.outcome(run, false, unexpected)).isSameAs(unexpected);
    }

    /** Four tries are for what others of its kind are answered beside. */
    @Test
    void where_only_something_simple_is_answered_a_try_counts_for_half() {
        assertThat(outage.tries(Answering.OTHERS)).isEqualTo(4);
        assertThat(outage.tries(Answering.SOMETHING)).isEqualTo(8);
    }
}
