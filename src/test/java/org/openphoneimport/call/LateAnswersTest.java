package org.openphoneimport.call;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a call does not have yet is asked for again, though its run has ended. */
@QuarkusTest
@TestTransaction
class LateAnswersTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID RETRIED = UUID.fromString("00000000-0000-0000-0000-000000000002");

    private final Bench bench = Bench.get();

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void what_a_call_that_has_just_ended_does_not_have_is_asked_for_again_for_an_hour() {
        addCalls();
        settle("none");
        assertThat(due()).containsExactly("ACnow");
        assertThat(taken()).as("for ten minutes it is left alone").isEmpty();

        rows.execute("UPDATE call_parts SET due_at = clock_timestamp() WHERE due_at IS NOT NULL");
        assertThat(taken()).containsExactly("ACnow");
        assertThat(CallPart.lockDue(RUN, "ACnow")).isTrue();
        assertThat(CallPart.lockDue(RUN, "ACearlier")).isFalse();

        rows.execute("UPDATE calls SET completed_at = clock_timestamp() - interval '61 minutes'");
        settle("none");
        assertThat(due()).isEmpty();
    }

    @Test
    void what_is_stored_or_refused_is_not_asked_for_again() {
        addCalls();
        settle("stored");
        assertThat(due()).isEmpty();

        settle("refused");
        assertThat(due()).isEmpty();
    }

    @Test
    void what_openphone_works_on_is_asked_for_again_however_old_the_call_is() {
        addCalls();
        settle("waiting");
        assertThat(due()).containsExactly("ACearlier", "ACnow");
    }

    @Test
    void two_days_are_counted_from_when_openphone_began_to_work_on_it_and_a_retry_asks_once_more() {
        addCalls();
        settle("none");
        rows.execute("UPDATE call_parts SET first_asked_at = clock_timestamp() - interval '5 days'");
        settle("waiting");
        assertThat(statuses()).isEqualTo("waiting waiting");

        rows.execute("UPDATE call_parts SET first_asked_at = clock_timestamp() - interval '49 hours'");
        settle("waiting");
        assertThat(statuses()).isEqualTo("unfinished unfinished");

        assertThat(CallPart.reopenFailed(RETRIED, null)).isEqualTo(2);
        assertThat(statuses()).isEqualTo("pending pending");
    }

    @Test
    void what_failed_in_a_run_that_was_cancelled_the_next_one_asks_for() {
        addCalls();
        settle("failed");
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash)
                VALUES (?, 'historical', 'failed', '2020-01-01', 'hash')
                """, RUN);
        CallPart.takeOver(RETRIED);
        assertThat(statuses()).as("a retry of its run asks for it").isEqualTo("failed failed");

        rows.execute("UPDATE import_runs SET status = 'cancelled'");
        CallPart.takeOver(RETRIED);
        assertThat(statuses()).isEqualTo("pending pending");
    }

    /** One that ended two minutes ago, and one that did an hour ago. */
    private void addCalls() {
        addCall("ACnow", 2);
        addCall("ACearlier", 61);
    }

    private void addCall(String id, int minutesAgo) {
        rows.execute("""
                INSERT INTO calls (id, status, created_at, completed_at, payload) VALUES (?, 'completed',
                    clock_timestamp() - interval '3 hours', clock_timestamp() - ? * interval '1 minute', '{}')
                """, id, minutesAgo);
        rows.execute("INSERT INTO call_parts (call_id, kind, run_id) VALUES (?, 'transcript', ?)", id, RUN);
    }

    private static void settle(String status) {
        CallPart.settle(List.of(new CallPart.Answer("ACnow", "transcript", status),
                new CallPart.Answer("ACearlier", "transcript", status)));
    }

    private List<String> due() {
        return rows.rows("SELECT call_id FROM call_parts WHERE due_at IS NOT NULL ORDER BY 1").stream()
                .map(row -> (String) row.get(0)).toList();
    }

    private String statuses() {
        return rows.text("SELECT string_agg(status, ' ') FROM call_parts");
    }

    private static List<String> taken() {
        return CallPart.takeDue(10).values().stream().flatMap(List::stream).map(OpenParts::call).toList();
    }
}
