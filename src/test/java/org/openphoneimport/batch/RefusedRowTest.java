package org.openphoneimport.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.message.Message;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.reading.Checkpoint;
import org.openphoneimport.reading.Chunk;
import org.openphoneimport.reading.ChunkStore;
import org.openphoneimport.reading.ConversationChunk;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A row that Postgres refuses is an error of its conversation, and of no other that shares a transaction with it. */
@QuarkusTest
@ClockStopped
class RefusedRowTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID BATCH = UUID.fromString("00000000-0000-0000-0000-000000000002");
    private static final UUID OWNER = UUID.fromString("00000000-0000-0000-0000-000000000003");
    private static final BatchClaim.Held CLAIM = new BatchClaim.Held(RUN, BATCH, 1, OWNER, false, List.of(), false);

    private static final String BAD = "CN2";

    private final Bench bench = Bench.get();

    @Inject
    ChunkStore store;

    @BeforeEach
    void a_run_with_three_open_conversations() {
        bench.database().execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, listed_at, listing_stage)
                VALUES (?, 'historical', 'running', '2020-01-01', 'hash', now(), 'done')
                """, RUN);
        bench.database().execute("""
                INSERT INTO import_batches (id, run_id, number, status, lease_owner, lease_until)
                VALUES (?, ?, 1, 'running', ?, now() + interval '1 minute')
                """, BATCH, RUN, OWNER);
        bench.database().execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id)
                SELECT ?, ?, 'CN' || number FROM generate_series(1, 3) AS number
                """, RUN, BATCH);
    }

    @AfterEach
    void let_the_table_take_everything_again() {
        bench.database().execute("ALTER TABLE messages DROP CONSTRAINT IF EXISTS refused_check");
        bench.database().execute("DROP INDEX IF EXISTS messages_long_idx");
    }

    /** A class of SQL states each: a division by zero, a constraint, an index row that is too long. */
    static Stream<String> refusals() {
        return Stream.of("ALTER TABLE messages ADD CONSTRAINT refused_check CHECK (1 / length(text) >= 0)",
                "ALTER TABLE messages ADD CONSTRAINT refused_check CHECK (text <> '')",
                "CREATE INDEX messages_long_idx ON messages ((CASE text WHEN '' THEN %s END))"
                        .formatted(IntStream.range(0, 200).mapToObj("md5('%d')"::formatted).collect(Collectors.joining("||"))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refused_row_fails_its_conversation_and_no_other(String refusal) {
        bench.database().execute(refusal);

        var good = List.<Chunk> of(chunk("CN1", "Hello"), chunk("CN3", "Hello"));
        assertThat(store.store(CLAIM, List.of(good.getFirst(), chunk(BAD, ""), good.getLast()))).hasValue(good);

        assertThat(bench.database().ids("messages")).containsExactly("ACofCN1", "ACofCN3");
        assertThat(bench.database().rows("SELECT status FROM import_conversations ORDER BY conversation_id"))
                .extracting(row -> row.text("status")).containsExactly("done", "failed", "done");
        var issue = bench.database().row("SELECT * FROM import_issues");
        assertThat(issue.text("subject_id")).isEqualTo(BAD);
        assertThat(issue.text("what")).startsWith("Postgres did not take what was read: ERROR: ");
        assertThat(bench.run(RUN).number("processed_messages")).isEqualTo(2);
    }

    @Test
    void an_error_that_is_not_the_rows_is_no_conversations_fault() {
        // A column that is not there.
        bench.database().execute("ALTER TABLE messages RENAME COLUMN text TO words");
        try {
            assertThatThrownBy(() -> store.store(CLAIM, List.of(chunk("CN1", "Hello")))).isInstanceOf(RuntimeException.class);
        } finally {
            bench.database().execute("ALTER TABLE messages RENAME COLUMN words TO text");
        }

        assertThat(bench.database().count("SELECT count(*) FROM import_conversations WHERE status = 'pending'")).isEqualTo(3);
        assertThat(bench.database().size("import_issues")).isZero();
    }

    /** A whole conversation with one message. */
    private static ConversationChunk chunk(String conversation, String text) {
        var message = new MessageDocument("ACof" + conversation, null, "PN1", null, "incoming", "received", "+16175550101",
                List.of(), text, Instant.EPOCH, null, List.of(), List.of(), JsonNodeFactory.instance.objectNode());
        return new ConversationChunk(conversation, new Checkpoint(Checkpoint.Stage.MESSAGES, null), null, false, List.of(),
                List.of(new Message.Received(conversation, message)), List.of(), List.of(), List.of());
    }
}
