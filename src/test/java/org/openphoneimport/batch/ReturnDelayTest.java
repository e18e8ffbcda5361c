package org.openphoneimport.batch;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a batch rests that was handed back. The tests' application begins with 0.2 s and ends with one. */
@QuarkusTest
class ReturnDelayTest {

    private final Bench bench = Bench.get();

    @Inject
    Batches batches;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @AfterEach
    void release() {
        bench.database().execute("UPDATE import_batches SET lease_owner = NULL, lease_until = NULL");
    }

    @Test
    void deliveries_that_bring_nothing_rest_longer_each_time_up_to_the_longest() {
        var batch = batch();

        assertThat(handBack(batch, true, Duration.ZERO)).isBetween(0.1, 0.2);
        assertThat(handBack(batch, true, Duration.ZERO)).isBetween(0.3, 0.4);
        assertThat(handBack(batch, true, Duration.ZERO)).isBetween(0.7, 0.8);
        assertThat(handBack(batch, true, Duration.ZERO)).isBetween(0.9, 1.0);
        assertThat(handBack(batch, true, Duration.ZERO)).isBetween(0.9, 1.0);
    }

    @Test
    void a_delivery_that_brought_something_begins_anew() {
        var batch = batch();
        handBack(batch, true, Duration.ZERO);
        handBack(batch, true, Duration.ZERO);

        assertThat(handBack(batch, false, Duration.ofMillis(500))).isBetween(0.4, 0.5);
        assertThat(handBack(batch, true, Duration.ZERO)).isBetween(0.1, 0.2);
    }

    @Test
    void a_wait_that_openphone_asked_for_is_kept() {
        assertThat(handBack(batch(), true, Duration.ofMinutes(10))).isBetween(599.0, 600.0);
    }

    @Test
    void a_clean_hand_back_counts_as_no_attempt() {
        var batch = batch();
        for (int i = 0; i < 12; i++) {
            handBack(batch, true, Duration.ZERO);
        }

        var row = bench.database().row("SELECT * FROM import_batches");
        assertThat(row.number("attempts")).isZero();
        assertThat(row.text("status")).isEqualTo("pending");
        assertThat(row.get("lease_owner")).isNull();
        assertThat(row.get("sent_at")).isNull();
    }

    @Test
    void a_batch_that_is_anothers_by_now_cannot_be_handed_back() {
        var batch = batch();
        var claim = claim(batch);
        bench.database().execute("UPDATE import_batches SET lease_owner = gen_random_uuid()");

        assertThat(batches.release(claim, true, Duration.ZERO, null)).isNull();
    }

    @Test
    void a_batch_is_held_by_one_worker_until_its_lease_ends() {
        var batch = batch();
        claim(batch);
        assertThat(batches.claim(batch)).isEqualTo(new BatchClaim.NotNeeded("another worker holds it"));

        bench.database().execute("UPDATE import_batches SET lease_until = clock_timestamp()");
        assertThat(batches.claim(batch)).isInstanceOf(BatchClaim.Held.class);
    }

    @Test
    void a_batch_whose_workers_died_five_times_is_given_up() {
        var batch = batch();
        bench.database().execute("INSERT INTO conversations (id, participants, payload) VALUES ('CN1', '{}', '{}')");
        bench.database().execute("""
                INSERT INTO import_conversations (run_id, conversation_id, batch_id) VALUES (?, 'CN1', ?)
                """, batch.runId(), batch.batchId());
        for (int i = 0; i < 5; i++) {
            claim(batch);
            bench.database().execute("UPDATE import_batches SET lease_until = clock_timestamp()");
        }

        assertThat(batches.claim(batch)).isEqualTo(new BatchClaim.Poisoned(1));
        assertThat(batches.claim(batch)).isEqualTo(new BatchClaim.NotNeeded("it has ended"));
        assertThat(bench.database().value("SELECT status FROM import_conversations WHERE conversation_id = 'CN1'"))
                .isEqualTo("failed");
        assertThat(bench.run(batch.runId()).number("processed_conversations")).as("a failed one").isZero();
        assertThat(bench.database().value("SELECT what FROM import_issues"))
                .isEqualTo("Not imported. The worker that imported batch 1 died 5 times");
    }

    private double handBack(BatchRecord batch, boolean idle, Duration wait) {
        var claim = claim(batch);
        var delay = batches.release(claim, idle, wait, "OpenPhone does not answer");
        assertThat(delay).isNotNull();
        return delay == null ? -1 : delay.toMillis() / 1000.0;
    }

    private BatchClaim.Held claim(BatchRecord batch) {
        var claim = batches.claim(batch);
        assertThat(claim).isInstanceOf(BatchClaim.Held.class);
        return (BatchClaim.Held) claim;
    }

    /** A batch of a running run that has been listed; as if it were on the queue, so that nobody sends it. */
    private BatchRecord batch() {
        UUID run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at)
                VALUES ('historical', 'paused', now(), 'hash', 'cut', now()) RETURNING id
                """).uuid("id");
        UUID batch = bench.database().row("""
                INSERT INTO import_batches (run_id, number, sent_at) VALUES (?, 1, now()) RETURNING id
                """, run).uuid("id");
        // Something open that no batch has: without it keep-runs would end the run, and so it is paused until this is there.
        bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN0')", run);
        bench.database().execute("UPDATE import_runs SET status = 'running' WHERE id = ?", run);
        return new BatchRecord(run, batch);
    }
}
