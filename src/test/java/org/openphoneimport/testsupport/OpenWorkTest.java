package org.openphoneimport.testsupport;

import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a run that does not end. It stands still here, so that nothing works on it. */
@QuarkusTest
@ClockStopped
class OpenWorkTest {

    private final Bench bench = Bench.get();

    /** What a test has made up has no worker who would let go of it. */
    @AfterEach
    void release() {
        bench.database().execute("UPDATE media SET claim = NULL");
    }

    @Test
    void all_that_a_run_can_wait_for_is_named() {
        var run = run("gap");
        bench.database().execute("UPDATE import_runs SET reason = 'Paused by an operator', listing_waiting_for = 'No answer'");
        bench.database().execute("""
                INSERT INTO listing_slices (run_id, number, place, slice_to) VALUES (?, 3, '2026-01-01Z', '2026-02-01Z')""",
                run);
        var batch = bench.database().row("""
                INSERT INTO import_batches (run_id, number, due_at, waiting_for)
                VALUES (?, 7, now() + interval '1 minute', 'OpenPhone does not answer') RETURNING id""", run).uuid("id");
        bench.database().execute(
                """
                        INSERT INTO import_batches (run_id, number, kind, slice_stage, slice_place, status, lease_owner, lease_until, sent_at)
                        VALUES (?, 8, 'slice', 'calls', '2026-01-01Z', 'running', gen_random_uuid(), now() - interval '5 s', now())""",
                run);
        bench.database().execute("INSERT INTO import_batches (run_id, number, status) VALUES (?, 9, 'done')", run);
        bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN1')", run);
        bench.database().execute("""
                INSERT INTO import_conversations (run_id, conversation_id, batch_id, stage, attempts)
                VALUES (?, 'CN2', ?, 'calls', 2)""", run, batch);
        bench.database().execute("""
                INSERT INTO call_parts (call_id, kind, run_id) VALUES ('AC1', 'transcript', ?)""", run);
        bench.database().execute("""
                INSERT INTO media (subject, subject_id, url, attempts, claim, due_at)
                VALUES ('message', 'AC2', 'https://media.example.com/a', 1, gen_random_uuid(), now() + interval '1 minute')""");
        bench.database().execute("""
                INSERT INTO import_media (run_id, subject, subject_id, position) VALUES (?, 'message', 'AC2', 0)""", run);
        bench.database().execute("""
                INSERT INTO verifications (run_id, status, stage, attempts) VALUES (?, 'running', 'questions', 3)""", run);
        bench.database().execute("""
                INSERT INTO rate_limits (key_hash, blocked_until) VALUES ('hash', now() + interval '1 minute')""");
        bench.database().execute("""
                INSERT INTO import_events (run_id, level, kind, what) VALUES (?, 'info', 'status', 'The run is paused')""",
                run);

        assertThat(OpenWork.of(bench.database(), run)).contains(
                "The run is paused: Paused by an operator.",
                "The listing is not done: stage gap, without a lease, it waits: No answer.",
                "Slices of the listing are open: number 3 from 2026-01-01",
                "Batches are open: conversations 7 (pending, due in ", ", without a lease, not sent, attempt 0, it waits: "
                        + "OpenPhone does not answer); slice 8 (running, due since ",
                "its lease ended 5.", " s ago, attempt 0, slice calls at 2026-01-01",
                "Conversations are open: CN1 (in no batch, messages, unanswered 0 times); CN2 (batch 7 pending, calls, "
                        + "unanswered 2 times).",
                "Parts of calls are open: transcript of AC1 (in no batch).",
                "Files were not tried yet: message AC2 (attempt 1, due in ", ", claimed).",
                "A verification is running: stage questions, attempt 3, without a lease.",
                "Requests are blocked: for another ",
                "What happened last:", " The run is paused.");
    }

    @Test
    void of_much_that_is_open_some_is_named_and_what_is_done_is_not() {
        var run = run("done");
        for (int number = 1; number <= 13; number++) {
            bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, ?)", run,
                    "CN%02d".formatted(number));
        }

        assertThat(OpenWork.of(bench.database(), run)).contains("CN10 (in no batch", "; and 3 more.")
                .doesNotContain("CN11", "listing", "Batches", "Files", "verification");
    }

    private UUID run(String listingStage) {
        return bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage)
                VALUES ('historical', 'paused', now(), 'hash', ?) RETURNING id""", listingStage).uuid("id");
    }
}
