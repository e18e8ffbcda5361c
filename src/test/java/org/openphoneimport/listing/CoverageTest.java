package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Up to when the workspace is said to be here, from what runs have listed and read. */
@QuarkusTest
@ClockStopped
class CoverageTest {

    private static final Instant BEGAN = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant FOLLOWED = Instant.parse("2026-03-12T00:00:00Z");

    private final Bench bench = Bench.get();

    @Inject
    Coverage coverage;

    private UUID first;

    @BeforeEach
    void an_import() {
        first = run("historical", BEGAN, null);
        noteListed(first);
    }

    @Test
    void what_was_listed_is_known_and_not_here() {
        assertThat(until()).isNull();
        assertThat(newest()).isEqualTo(BEGAN);
    }

    @Test
    void what_was_read_is_here() {
        noteRead(first);

        assertThat(until()).isEqualTo(BEGAN);
        assertThat(newest()).isEqualTo(BEGAN);
    }

    @Test
    void a_reconciliation_moves_the_time_when_it_has_read() {
        noteRead(first);
        var next = run("reconciliation", FOLLOWED, null);

        noteListed(next);
        assertThat(until()).isEqualTo(BEGAN);
        assertThat(newest()).isEqualTo(FOLLOWED);

        noteRead(next);
        assertThat(until()).isEqualTo(FOLLOWED);
    }

    @Test
    void a_reconciliation_that_does_not_look_far_back_moves_no_time() {
        noteRead(first);
        var next = run("reconciliation", FOLLOWED, FOLLOWED.minusSeconds(3600));

        noteListed(next);
        noteRead(next);

        assertThat(until()).isEqualTo(BEGAN);
        assertThat(newest()).isEqualTo(FOLLOWED);
    }

    @Test
    void a_historical_import_with_a_range_of_its_own_moves_no_time_either() {
        noteRead(first);
        var late = run("historical", FOLLOWED, FOLLOWED.minusSeconds(3600));
        noteListed(late);
        noteRead(late);
        var early = run("historical", FOLLOWED, null);
        bench.database().execute("UPDATE import_runs SET window_to = '2025-01-01T00:00:00Z' WHERE id = ?", early);
        noteListed(early);
        noteRead(early);

        assertThat(until()).isEqualTo(BEGAN);
        assertThat(newest()).isEqualTo(FOLLOWED);
    }

    @Test
    void a_range_that_reaches_back_beyond_the_overlap_moves_the_time() {
        noteRead(first);
        var next = run("historical", FOLLOWED, BEGAN.minus(Duration.ofDays(2)));

        noteListed(next);
        noteRead(next);

        assertThat(until()).isEqualTo(FOLLOWED);
    }

    @Test
    void a_conversation_that_failed_keeps_the_time_where_it_was() {
        noteRead(first);
        var next = run("reconciliation", FOLLOWED, null);
        noteListed(next);
        bench.database().execute(
                "INSERT INTO import_conversations (run_id, conversation_id, status) VALUES (?, 'CN1', 'failed')",
                next);

        noteRead(next);
        assertThat(until()).isEqualTo(BEGAN);

        bench.database().execute("UPDATE import_conversations SET status = 'done'");
        noteRead(next);
        assertThat(until()).isEqualTo(FOLLOWED);
    }

    @Test
    void a_slice_that_failed_keeps_the_time_where_it_was() {
        noteRead(first);
        var next = run("reconciliation", FOLLOWED, null);
        noteListed(next);
        bench.database().execute("""
                INSERT INTO import_batches (run_id, number, kind, slice_stage, status) VALUES (?, 1, 'slice', 'calls', 'failed')
                """, next);

        noteRead(next);

        assertThat(until()).isEqualTo(BEGAN);
    }

    private UUID run(String type, Instant createdAt, @Nullable Instant from) {
        return bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, window_from_given, key_hash, created_at)
                VALUES (?, 'cancelled', CAST(? AS timestamptz), ?, 'hash', CAST(? AS timestamptz)) RETURNING id
                """, type, from == null ? "2020-01-01T00:00:00Z" : from.toString(), from != null, createdAt.toString())
                .uuid("id");
    }

    private void noteListed(UUID run) {
        QuarkusTransaction.requiringNew().run(() -> coverage.noteListed(run));
    }

    private void noteRead(UUID run) {
        QuarkusTransaction.requiringNew().run(() -> coverage.noteRead(run));
    }

    private @Nullable Instant until() {
        return listed("until");
    }

    private @Nullable Instant newest() {
        return listed("newest");
    }

    private @Nullable Instant listed(String column) {
        var row = bench.database().row("SELECT * FROM workspace_listed");
        return row.columns().get(column) == null ? null : row.time(column);
    }
}
