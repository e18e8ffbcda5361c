package org.openphoneimport.reading;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A chunk costs as much in a large run as in a small one. It is told from the blocks that Postgres looks at. */
@QuarkusTest
@ClockStopped
class ChunkGrowthTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID BATCH = UUID.fromString("00000000-0000-0000-0000-000000000002");
    private static final int CONVERSATIONS = 30_000;

    private final Bench bench = Bench.get();
    private final Database database = bench.database();

    @Inject
    ConversationChunks chunks;

    @Test
    void a_step_looks_at_its_conversation_and_those_that_end_with_it_and_at_no_others() {
        database.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, listed_at, listing_stage)
                VALUES (?, 'historical', 'running', '2020-01-01', 'k', now(), 'done')
                """, RUN);
        database.execute("INSERT INTO import_batches (id, run_id, number, status) VALUES (?, ?, 1, 'running')", BATCH, RUN);
        database.execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, same_thread_as)
                SELECT ?, ?, 'CN' || number, CASE WHEN number % 2 = 0 THEN 'CN' || number - 1 END
                FROM generate_series(1, ?) AS number
                """, RUN, BATCH, CONVERSATIONS);
        database.execute("VACUUM ANALYZE import_conversations");
        database.forgetStatements();

        var chunk = new ConversationChunk("CN101", new Checkpoint(Checkpoint.Stage.MESSAGES, null),
                new Checkpoint(Checkpoint.Stage.CALLS, null),
                false,
                List.of(), List.of(), List.of(), List.of(), List.of());
        QuarkusTransaction.requiringNew().run(() -> chunks.store(
                new BatchClaim.Held(RUN, BATCH, 1, UUID.randomUUID(), false, List.of(), true), List.of(chunk)));

        assertThat(database.value("SELECT stage FROM import_conversations WHERE conversation_id = 'CN101'")).isEqualTo("calls");
        assertThat(database.count("""
                SELECT sum(shared_blks_hit + shared_blks_read) FROM statements.pg_stat_statements
                JOIN pg_roles ON pg_roles.oid = userid WHERE rolname = 'postgres' AND query LIKE '%same_thread_as = ANY%'
                    OR rolname = 'postgres' AND query LIKE '%same_thread_as IN%'
                """)).isBetween(1L, 100L);
    }
}
