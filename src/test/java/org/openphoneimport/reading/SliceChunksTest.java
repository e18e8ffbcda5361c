package org.openphoneimport.reading;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A page of a slice is stored as a whole, once, and only while its run goes on. */
@QuarkusTest
class SliceChunksTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
    private static final SliceCheckpoint HALF = new SliceCheckpoint(SliceCheckpoint.Stage.MESSAGES,
            Instant.parse("2026-01-15T00:00:00Z"));
    private static final SliceCheckpoint CALLS = new SliceCheckpoint(SliceCheckpoint.Stage.CALLS, null);

    private final Bench bench = Bench.get();

    @Inject
    ChunkTransaction transaction;

    @Inject
    EntityManager entityManager;

    private UUID run;
    private BatchClaim.Held claim;
    private OpenSlice slice;

    @BeforeEach
    void cut() {
        bench.reset();
        run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at, total_conversations)
                VALUES ('historical', 'paused', now(), 'hash', 'done', now(), 1) RETURNING id
                """).uuid("id");
        var batch = bench.database().row(
                """
                        INSERT INTO import_batches (run_id, number, kind, slice_stage, slice_from, slice_to, status, sent_at, lease_owner,
                            lease_until, attempts, idle_returns, slice_unanswered)
                        VALUES (?, 1, 'slice', 'messages', ?, ?, 'running', now(), gen_random_uuid(), now() + interval '1 hour', 3, 2, 1)
                        RETURNING id, lease_owner
                        """,
                run, Timestamp.from(FROM), Timestamp.from(TO));
        slice = new OpenSlice(batch.uuid("id"), new TimeSlice(FROM, TO), SliceCheckpoint.START, false);
        claim = new BatchClaim.Held(run, slice.batch(), 1, batch.uuid("lease_owner"), false, List.of(slice), false);
        bench.database().execute("INSERT INTO conversations (id, payload) VALUES ('CN1', '{}')");
        bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN1')", run);
    }

    /** What a test has made up has no worker who would let go of it. */
    @AfterEach
    void release() {
        bench.database().execute("UPDATE import_batches SET lease_owner = NULL, lease_until = NULL");
    }

    @Test
    void rows_place_and_counters_change_together_and_a_conversation_that_no_listing_showed_is_added() {
        assertThat(store(chunk(SliceCheckpoint.START, HALF, "AC1 CN1", "AC2 CN1", "AC3 CNnew"))).isTrue();

        var stored = bench.run(run);
        assertThat(stored.number("processed_messages")).isEqualTo(3);
        assertThat(stored.number("total_conversations")).isEqualTo(2);
        assertThat(bench.database().ids("messages")).containsExactly("AC1", "AC2", "AC3");
        assertThat(bench.database().ids("conversations")).containsExactly("CN1", "CNnew");
        assertThat(bench.database().size("import_conversations WHERE status = 'pending'")).isEqualTo(2);
        assertThat(bench.database().size("import_batches WHERE slice_place = '2026-01-15Z' AND idle_returns = 0"
                + " AND slice_unanswered = 0 AND attempts = 1")).isEqualTo(1);
        assertThat(bench.database().size("list_records WHERE list = 'messages' AND read <> '{}'")).isZero();
    }

    @Test
    void a_page_is_stored_from_the_place_where_the_slice_stands_and_no_other() {
        store(chunk(SliceCheckpoint.START, HALF, "AC1 CN1"));

        assertThat(store(chunk(SliceCheckpoint.START, HALF, "AC2 CN1"))).isFalse();
        assertThat(store(chunk(new SliceCheckpoint(SliceCheckpoint.Stage.CALLS, HALF.at()), CALLS, "AC2 CN1")))
                .isFalse();

        assertThat(bench.database().ids("messages")).containsExactly("AC1");
        assertThat(bench.run(run).number("processed_messages")).isEqualTo(1);
    }

    @Test
    void the_end_of_a_stage_is_noted_in_the_ledger_for_the_time_of_the_slice() {
        store(chunk(SliceCheckpoint.START, CALLS, "AC1 CN1"));

        assertThat(bench.database().rows("SELECT list, CAST(read AS text) AS read FROM list_records WHERE read <> '{}'"))
                .singleElement().satisfies(record -> {
                    assertThat(record.text("list")).isEqualTo("messages");
                    assertThat(record.text("read")).startsWith("{[\"2026-01-01").contains(",\"2026-02-01").endsWith(")}");
                });
    }

    /** Else two slices that end at once would each wait for what the other has. */
    @Test
    void the_ledger_is_locked_behind_the_run() throws InterruptedException {
        bench.database().execute("INSERT INTO list_records (list, read) VALUES ('messages', '{}')");
        var storing = new Thread(() -> store(chunk(SliceCheckpoint.START, CALLS, "AC1 CN1")));

        QuarkusTransaction.requiringNew().run(() -> {
            entityManager.createNativeQuery("SELECT id FROM import_runs FOR UPDATE").getSingleResult();
            storing.start();
            bench.soon().until(() -> bench.database().count(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);

            assertThat(bench.database().rows("SELECT list FROM list_records FOR UPDATE NOWAIT")).hasSize(1);
        });

        storing.join();
        assertThat(bench.database().size("list_records WHERE read <> '{}'")).isEqualTo(1);
    }

    @Test
    void nothing_is_stored_for_a_run_that_is_over() {
        bench.database().execute("UPDATE import_runs SET status = 'cancelled'");

        assertThatThrownBy(() -> store(chunk(SliceCheckpoint.START, HALF, "AC1 CN1")))
                .isInstanceOf(NotNowException.RunStopped.class);

        assertThat(bench.database().size("messages")).isZero();
        assertThat(bench.database().size("import_batches WHERE slice_place IS NOT NULL")).isZero();
    }

    @Test
    void nothing_is_stored_or_renewed_for_a_slice_that_is_anothers_by_now() {
        bench.database().execute("UPDATE import_batches SET lease_owner = gen_random_uuid()");

        assertThat(store(chunk(SliceCheckpoint.START, HALF, "AC1 CN1"))).isFalse();
        assertThat(transaction.renew(claim)).isFalse();

        assertThat(bench.database().size("messages")).isZero();
    }

    private boolean store(SliceChunk chunk) {
        return transaction.store(claim, List.of(chunk));
    }

    /** @param messages the id of each and that of its conversation */
    private SliceChunk chunk(SliceCheckpoint from, SliceCheckpoint to, String... messages) {
        return new SliceChunk(slice, from, to, "next", Stream.of(messages).map(message -> message.split(" ", 2))
                .map(names -> new Message.Received(names[1], new MessageDocument(names[0], names[1], "PN1", null, "incoming",
                        "received", "+16175550123", List.of("+16175550100"), "Hello", FROM, null, List.of(), List.of(),
                        Json.emptyObject().put("id", names[0]))))
                .toList(), List.of(), List.of(), List.of(), List.of());
    }
}
