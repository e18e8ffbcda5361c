package org.openphoneimport.listing;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run asks for calls once more. The call here was asked by the run before, and has changed since. */
@QuarkusTest
@ClockStopped
class CallBatchCutterTest {

    private static final UUID BEFORE = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000002");

    private final Bench bench = Bench.get();

    @Inject
    CallBatchCutter cutter;

    @BeforeEach
    void a_call_that_has_changed() {
        bench.database().execute(
                """
                        INSERT INTO import_runs (id, type, status, window_from, key_hash)
                        VALUES (?, 'historical', 'completed', '2020-01-01', 'hash'), (?, 'reconciliation', 'running', '2020-01-01', 'hash')
                        """,
                BEFORE, RUN);
        bench.database().execute("""
                INSERT INTO calls (id, phone_number_id, status, created_at, updated_at, payload)
                VALUES ('AC1', 'PN1', 'completed', now() - interval '9 days', now(), '{}')
                """);
        bench.database().execute("""
                INSERT INTO call_parts (call_id, kind, run_id, status, asked_at, call_updated_at)
                SELECT 'AC1', kind, ?, 'stored', now() - interval '1 hour', now() - interval '9 days'
                FROM unnest(ARRAY['recordings', 'voicemail', 'transcript', 'summary']) AS kind
                """, BEFORE);
    }

    @Test
    void it_is_asked_once_more_and_then_no_more() {
        assertThat(cutter.cut(RUN)).isEqualTo(1);
        assertThat(toBeAsked()).isEqualTo(4);

        settle();

        assertThat(cutter.cut(RUN)).isZero();
    }

    @Test
    void it_is_asked_also_by_a_run_that_is_tried_again_and_has_asked_for_other_calls() {
        bench.database().execute("INSERT INTO import_batches (run_id, number, kind, status) VALUES (?, 1, 'calls', 'done')",
                RUN);

        assertThat(cutter.cut(RUN)).isEqualTo(1);

        assertThat(toBeAsked()).isEqualTo(4);
    }

    @Test
    void it_is_asked_also_where_a_version_before_has_not_noted_what_the_call_was_like() {
        bench.database().execute("UPDATE call_parts SET call_updated_at = NULL");

        assertThat(cutter.cut(RUN)).isEqualTo(1);
        assertThat(toBeAsked()).isEqualTo(4);
    }

    private long toBeAsked() {
        return bench.database().count("""
                SELECT count(*) FROM call_parts JOIN import_batches AS batch ON batch.id = batch_id
                WHERE batch.run_id = ? AND call_parts.status = 'pending'
                """, RUN);
    }

    private void settle() {
        bench.database().execute("UPDATE import_batches SET status = 'done'");
        bench.database().execute("""
                UPDATE call_parts SET status = 'stored', asked_at = now(), call_updated_at = (SELECT updated_at FROM calls)
                """);
    }
}
