package org.openphoneimport.reading;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Row;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** How batches change, and whose. */
@QuarkusTest
@ClockStopped
class BatchTableTest {

    private static final TimeSlice ALL = new TimeSlice(null, null);

    private final Bench bench = Bench.get();

    @Inject
    BatchTable batches;

    private UUID run;

    @BeforeEach
    void a_run() {
        run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at)
                VALUES ('historical', 'running', now(), 'hash', 'done', now()) RETURNING id
                """).uuid("id");
    }

    @Test
    void batches_of_a_run_are_numbered_whatever_they_are_made_of() {
        change(() -> batches.write(run, BatchTable.Kind.CONVERSATIONS, 26, 25));
        change(() -> batches.writeSlice(run, SliceCheckpoint.CALLS, ALL, false));
        change(() -> batches.write(run, BatchTable.Kind.CONTACTS, 25, 25));

        assertThat(bench.database().rows("SELECT number || ' ' || kind AS what FROM import_batches ORDER BY number"))
                .extracting(row -> row.text("what"))
                .containsExactly("1 conversations", "2 conversations", "3 slice", "4 contacts");
    }

    @Test
    void a_worker_changes_only_what_is_still_its_own() {
        var batch = newBatch();
        var mine = held(batch);
        change(() -> batches.take(batch, mine.owner()));
        var another = held(batch);
        change(() -> batches.take(batch, another.owner()));
        var before = row(batch);

        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.renew(mine))).isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.goOn(mine))).isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.finish(mine))).isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.fail(mine))).isFalse();
        change(() -> assertThat(batches.giveBack(mine, true, Duration.ZERO, "Away")).isNull());

        assertThat(row(batch)).isEqualTo(before);
        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.renew(another))).isTrue();
        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.finish(another))).isTrue();
        assertThat(row(batch).text("status")).isEqualTo("done");
    }

    @Test
    void a_batch_ends_when_nothing_of_it_is_open() {
        var batch = newBatch();
        var mine = held(batch);
        change(() -> batches.take(batch, mine.owner()));
        bench.database().execute("INSERT INTO import_conversations (run_id, batch_id, conversation_id) VALUES (?, ?, 'CN1')",
                run, batch);

        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.finish(mine))).isFalse();

        bench.database().execute("UPDATE import_conversations SET status = 'done'");
        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.finish(mine))).isTrue();
    }

    @Test
    void slices_are_opened_only_where_they_are_meant() {
        change(() -> batches.writeSlice(run, SliceCheckpoint.START, ALL, false));
        var batch = newBatch();
        bench.database().execute("UPDATE import_batches SET status = 'failed', attempts = 5, completed_at = now()");

        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.reopen(run, List.of(batch), false))).isZero();
        assertThat(open()).containsExactly("conversations");

        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.reopen(run, List.of(), true))).isEqualTo(1);
        assertThat(open()).containsExactly("conversations", "slice");
        assertThat(bench.database().size("import_batches WHERE attempts <> 0 OR completed_at IS NOT NULL")).isZero();
    }

    @Test
    void the_newest_slice_alone_is_read_again() {
        for (int i = 0; i < 2; i++) {
            change(() -> batches.writeSlice(run, SliceCheckpoint.CALLS, ALL, false));
        }
        bench.database().execute("UPDATE import_batches SET status = 'done', slice_stage = 'done', completed_at = now()");

        assertThat(QuarkusTransaction.requiringNew().call(() -> batches.restartNewestSlice(run))).isEqualTo(1);

        assertThat(bench.database().row("SELECT * FROM import_batches WHERE status = 'pending'"))
                .satisfies(slice -> assertThat(slice.number("number")).isEqualTo(1))
                .satisfies(slice -> assertThat(slice.text("slice_stage")).isEqualTo("messages"));
    }

    private UUID newBatch() {
        return QuarkusTransaction.requiringNew().call(() -> batches.write(run, BatchTable.Kind.CONVERSATIONS, 1, 25))
                .getFirst();
    }

    private BatchClaim.Held held(UUID batch) {
        return new BatchClaim.Held(run, batch, 1, UUID.randomUUID(), false, List.of(), false);
    }

    private Row row(UUID batch) {
        return bench.database().row("SELECT * FROM import_batches WHERE id = ?", batch);
    }

    private List<String> open() {
        return bench.database().rows("SELECT kind FROM import_batches WHERE status = 'pending' ORDER BY kind").stream()
                .map(row -> row.text("kind")).toList();
    }

    private static void change(Runnable change) {
        QuarkusTransaction.requiringNew().run(change);
    }
}
