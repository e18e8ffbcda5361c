package org.openphoneimport.batch;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Which batches are sent. Those that are have nothing to read, so that workers, which are there, do no harm. */
@QuarkusTest
class BatchSenderTest {

    private static final String FRESH = "NULL, NULL, now()";

    private final Bench bench = Bench.get();

    @Inject
    BatchSender sender;

    private UUID run;

    @BeforeEach
    void begin() {
        bench.reset();
        // keep-runs would send them as well.
        bench.database().execute("INSERT INTO keep_leases (task, lease_until) VALUES ('send', now() + interval '1 hour')");
        run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at)
                VALUES ('historical', 'paused', now(), 'hash', 'done', now()) RETURNING id
                """).uuid("id");
        // Without something open keep-runs would end the run.
        bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN0')", run);
    }

    /** What a test has made up has no worker who would let go of it. */
    @AfterEach
    void release() {
        bench.database().execute("UPDATE import_batches SET lease_owner = NULL, lease_until = NULL");
    }

    @Test
    void new_ones_are_sent_once() {
        batches(0, FRESH, FRESH);

        assertThat(sent()).containsExactly(1L, 2L);
        assertThat(sent()).isEmpty();
    }

    @Test
    void one_that_is_due_later_or_held_by_a_worker_is_not_sent() {
        batches(0, "NULL, NULL, now() + interval '1 minute'", "now() + interval '1 minute', NULL, now()", FRESH);

        assertThat(sent()).containsExactly(3L);
    }

    @Test
    void one_whose_record_is_lost_or_whose_worker_died_is_sent_again() {
        batches(0,
                // On the queue for longer than a record may be, and for less.
                "NULL, now() - interval '11 minutes', now() - interval '1 hour'",
                "NULL, now() - interval '9 minutes', now() - interval '1 hour'",
                // Sent long ago, to come late.
                "NULL, now() - interval '1 hour', now() - interval '9 minutes'",
                // Its worker died after it was sent, and before.
                "now() - interval '1 minute', now() - interval '2 minutes', now() - interval '1 hour'",
                "now() - interval '2 minutes', now() - interval '1 minute', now() - interval '1 hour'");

        assertThat(sent()).containsExactly(1L, 4L);
    }

    @Test
    void of_those_that_have_seen_two_deaths_the_least_deadly_is_sent_alone() {
        batches(0, FRESH);
        batches(3, FRESH);
        batches(2, FRESH, FRESH);
        batches(1, FRESH);

        assertThat(sent()).containsExactly(1L, 3L, 5L);
    }

    @Test
    void as_long_as_one_that_has_seen_two_deaths_is_under_way_no_other_is_sent() {
        batches(2, "NULL, now(), now() - interval '1 second'", FRESH);
        batches(1, FRESH);

        assertThat(sent()).containsExactly(3L);
    }

    @Test
    void nothing_is_sent_of_a_run_that_stands_still() {
        batches(0, FRESH);

        assertThat(sender.sendDue(run, Duration.ofMinutes(10))).isZero();
    }

    /** Numbers of those that one call sends. */
    private List<Long> sent() {
        var before = numbers();
        bench.database().execute("UPDATE import_runs SET status = 'running'");
        int sent = sender.sendDue(run, Duration.ofMinutes(10));
        var now = numbers();
        now.removeAll(before);
        assertThat(now).hasSize(sent);
        return now;
    }

    /** Numbers of those that were sent within the last seconds. */
    private List<Long> numbers() {
        return new java.util.ArrayList<>(bench.database().rows("""
                SELECT number FROM import_batches WHERE sent_at > now() - interval '30 seconds' AND run_id = ? ORDER BY number
                """, run).stream().map(row -> row.number("number")).toList());
    }

    /** @param states of each lease_until, sent_at and due_at */
    private void batches(int attempts, String... states) {
        for (var state : states) {
            bench.database().execute("""
                    INSERT INTO import_batches (run_id, number, attempts, lease_until, sent_at, due_at, lease_owner)
                    SELECT ?, (SELECT count(*) + 1 FROM import_batches), ?, state.lease_until, state.sent_at, state.due_at,
                        CASE WHEN state.lease_until IS NOT NULL THEN gen_random_uuid() END
                    FROM (SELECT %s) AS state(lease_until, sent_at, due_at)
                    """.formatted(state.replace("NULL", "CAST(NULL AS timestamptz)")), run, attempts);
        }
    }
}
