package org.openphoneimport.batch;

import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.OpenPhone.ThreadQuery;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.reading.OpenConversation;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What OpenPhone is asked for of a conversation. */
@QuarkusTest
@ClockStopped
class BatchClaimTest {

    private static final Instant FROM = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T00:00:00Z");

    private final Bench bench = Bench.get();

    @Inject
    Batches batches;

    @Test
    void a_conversation_is_asked_for_what_was_created_in_the_window_of_its_run() {
        var run = run();

        var thread = claimed(run);

        assertThat(thread.after()).isEqualTo(FROM);
        assertThat(thread.before()).isEqualTo(TO.plusMillis(1));
    }

    @Test
    void a_run_without_an_end_asks_for_everything_up_to_now() {
        var run = run();
        bench.database().execute("UPDATE import_runs SET window_to = NULL");
        bench.database().execute("UPDATE import_conversations SET read_after = NULL");

        var thread = claimed(run);

        assertThat(thread.after()).isNull();
        assertThat(thread.before()).isNull();
    }

    @Test
    void the_number_of_the_workspace_is_none_of_the_parties() {
        var run = run();
        bench.database().execute("INSERT INTO phone_numbers (id, number, payload) VALUES ('PN1', '+16175550199', '{}')");
        bench.database().execute("UPDATE conversations SET participants = '{+16175550199,+16175550102,+16175550101}'");

        assertThat(claimed(run).participants()).containsExactly("+16175550101", "+16175550102");
    }

    @Test
    void a_slice_whose_workers_died_five_times_is_given_up() {
        var run = run();
        bench.database().execute("UPDATE import_batches SET kind = 'slice', slice_stage = 'messages', attempts = 5");
        var batch = bench.database().row("SELECT id FROM import_batches").uuid("id");

        assertThat(batches.claim(new BatchRecord(run, batch))).isEqualTo(new BatchClaim.Poisoned(1));

        assertThat(bench.database().value("SELECT what FROM import_issues"))
                .isEqualTo("Not imported. The worker that imported batch 1 died 5 times");
    }

    private ThreadQuery claimed(UUID run) {
        var batch = bench.database().row("SELECT id FROM import_batches").uuid("id");
        var claim = (BatchClaim.Held) batches.claim(new BatchRecord(run, batch));
        assertThat(claim.items()).hasSize(1);
        return ((OpenConversation) claim.items().getFirst()).thread();
    }

    /** It has one conversation. */
    private UUID run() {
        UUID run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, window_from_given, window_to, key_hash)
                VALUES ('historical', 'running', CAST(? AS timestamptz), true, CAST(? AS timestamptz), 'hash') RETURNING id
                """, FROM.toString(), TO.toString()).uuid("id");
        bench.database().execute("INSERT INTO import_batches (run_id, number, sent_at) VALUES (?, 1, now())", run);
        bench.database().execute("""
                INSERT INTO conversations (id, phone_number_id, participants, payload)
                VALUES ('CN1', 'PN1', '{+16175550101}', '{}')
                """);
        bench.database().execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, read_after)
                SELECT run_id, id, 'CN1', CAST(? AS timestamptz) FROM import_batches
                """, FROM.toString());
        return run;
    }
}
