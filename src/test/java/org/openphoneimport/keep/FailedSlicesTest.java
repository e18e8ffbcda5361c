package org.openphoneimport.keep;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Where a retry begins to read slices of time: one of this run's has been read, the other has failed half-way. */
@QuarkusTest
class FailedSlicesTest {

    private static final String FAILED_SLICES = """
            import_batches WHERE status = 'pending' AND sent_at IS NULL AND slice_stage = '%s' AND slice_place IS %s NULL""";

    private final Bench bench = Bench.get();

    @Inject
    FailedWork failed;

    private UUID run;

    @BeforeEach
    void fail() {
        bench.reset();
        run = run("2026-11-01");
        bench.database().execute("UPDATE import_runs SET processed_messages = 2, processed_conversations = 1");
        bench.database().execute("""
                INSERT INTO import_batches (run_id, number, kind, status, slice_stage, slice_place, sent_at)
                VALUES (?, 1, 'slice', 'done', 'done', NULL, now()), (?, 2, 'slice', 'failed', 'calls', '2026-06-01', now())
                """, run, run);
        bench.database().execute("""
                INSERT INTO import_conversations (run_id, conversation_id, status, messages)
                VALUES (?, 'CNdone', 'done', 1), (?, 'CNfailed', 'failed', 1)
                """, run, run);
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, payload, last_run_id)
                VALUES ('AC1', 'CNdone', '{}', ?), ('AC2', 'CNfailed', '{}', ?)
                """, run, run);
    }

    @Test
    void a_slice_that_failed_goes_on_where_it_stopped() {
        retry();

        assertThat(bench.database().size("import_batches WHERE status = 'done'")).isEqualTo(1);
        assertThat(bench.database().size(FAILED_SLICES.formatted("calls", "NOT"))).isEqualTo(1);
        assertThat(bench.database().ids("messages WHERE last_run_id IS NOT NULL")).containsExactly("AC1", "AC2");
        assertThat(bench.run(run).number("processed_messages")).isEqualTo(2);
        assertThat(bench.run(run).number("processed_conversations")).isEqualTo(1);
        assertThat(bench.database().value("SELECT conversation_id FROM import_conversations WHERE status = 'pending'"))
                .isEqualTo("CNfailed");
    }

    @Test
    void after_a_later_run_all_slices_begin_anew_since_rows_no_longer_tell_what_this_one_has_counted() {
        run("2026-11-02");

        retry();

        assertThat(bench.database().size(FAILED_SLICES.formatted("messages", ""))).isEqualTo(2);
        assertThat(bench.database().size("messages WHERE last_run_id IS NOT NULL")).isZero();
        assertThat(bench.run(run).number("processed_messages")).isZero();
        assertThat(bench.run(run).number("processed_conversations")).isZero();
        assertThat(bench.database().size("import_conversations WHERE status = 'pending' AND messages = 0")).isEqualTo(2);
    }

    @Test
    void a_run_before_this_one_changes_nothing() {
        run("2026-10-31");

        retry();

        assertThat(bench.database().size(FAILED_SLICES.formatted("calls", "NOT"))).isEqualTo(1);
        assertThat(bench.run(run).number("processed_messages")).isEqualTo(2);
    }

    private void retry() {
        QuarkusTransaction.requiringNew().run(() -> failed.reopenAll(run));
    }

    private UUID run(String createdAt) {
        return bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at, created_at)
                VALUES ('historical', 'failed', now(), 'hash', 'done', now(), CAST(? AS timestamptz)) RETURNING id
                """, createdAt).uuid("id");
    }
}
