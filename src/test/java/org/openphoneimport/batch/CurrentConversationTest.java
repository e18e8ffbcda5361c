package org.openphoneimport.batch;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.reading.Checkpoint;
import org.openphoneimport.reading.ConversationChunk;
import org.openphoneimport.reading.ConversationChunks;
import org.openphoneimport.run.Issue;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run says it is reading, and has read last. */
@QuarkusTest
@ClockStopped
@TestTransaction
class CurrentConversationTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID BATCH = UUID.fromString("00000000-0000-0000-0000-000000000002");
    private static final Checkpoint BEGINNING = new Checkpoint(Checkpoint.Stage.MESSAGES, null);

    @Inject
    ConversationChunks chunks;

    @Inject
    OwnRows rows;

    @Test
    void the_last_of_some_steps_is_the_current_conversation_and_the_last_that_ends_the_last_completed_one() {
        run();

        store(ended("CN1"), ended("CN2"), moved("CN3"));

        assertThat(run("current_conversation")).isEqualTo("CN3");
        assertThat(run("last_completed_conversation")).isEqualTo("CN2");
        assertThat(run("processed_conversations")).isEqualTo("2");
    }

    @Test
    @Landing
    void a_conversation_that_failed_or_goes_on_is_not_the_last_completed_one() {
        run();
        store(ended("CN1"));

        store(ConversationChunk.failed("CN2", BEGINNING, Issue.error("messages", "conversation", "CN2", "Refused", null)),
                moved("CN3"));

        assertThat(run("current_conversation")).isEqualTo("CN3");
        assertThat(run("last_completed_conversation")).isEqualTo("CN1");
    }

    private void store(ConversationChunk... some) {
        chunks.store(new BatchClaim.Held(RUN, BATCH, 1, UUID.randomUUID(), false, List.of(), false), List.of(some));
    }

    private static ConversationChunk ended(String conversation) {
        return chunk(conversation, null);
    }

    private static ConversationChunk moved(String conversation) {
        return chunk(conversation, new Checkpoint(Checkpoint.Stage.CALLS, null));
    }

    private static ConversationChunk chunk(String conversation, @Nullable Checkpoint to) {
        return new ConversationChunk(conversation, BEGINNING, to, false, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** A run of four conversations in a batch; nothing sees it before the end of the test, when it is rolled back. */
    private void run() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, listed_at, listing_stage)
                VALUES (?, 'historical', 'running', '2020-01-01', 'hash', now(), 'done')
                """, RUN);
        rows.execute("INSERT INTO import_batches (id, run_id, number, status) VALUES (?, ?, 1, 'running')", BATCH, RUN);
        rows.execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id)
                SELECT ?, ?, 'CN' || number FROM generate_series(1, 4) AS number
                """, RUN, BATCH);
    }

    private String run(String column) {
        return rows.text("SELECT CAST(%s AS text) FROM import_runs".formatted(column));
    }
}
