package org.openphoneimport.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.run.Run;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The remaining time is told from what has been asked for and what is still to be, and not told where nobody knows it. The runs
 * are never committed: keep-runs would end them.
 */
@QuarkusTest
@TestTransaction
class PaceTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();

    @Inject
    Pace pace;

    @Inject
    EntityManager entityManager;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void of_conversations_that_are_read_one_by_one_it_is_told_from_those_that_have_been() {
        run();
        open("conversations");
        conversations(60, 30);

        // Four minutes for 60 of them.
        assertThat(remaining()).isBetween(Duration.ofSeconds(118), Duration.ofSeconds(125));
    }

    @Test
    void nobody_knows_how_much_a_slice_of_time_holds() {
        run();
        done("slice", 90);
        open("slice");
        callParts(90, 180);

        assertThat(remaining()).isNull();
    }

    @Test
    void when_all_slices_have_been_read_it_is_told_from_what_belongs_to_calls_alone() {
        run();
        done("slice", 200);
        done("slice", 90);
        // They ended with their slices, and took no requests of their own.
        sliced(5000);
        open("calls");
        callParts(90, 180);

        assertThat(remaining()).isBetween(Duration.ofSeconds(178), Duration.ofSeconds(190));
    }

    @Test
    void a_run_that_waits_longer_than_a_minute_says_nothing() {
        run();
        open("conversations");
        conversations(60, 30);

        assertThat(remaining(new WaitingFor("OpenPhone does not answer", Instant.now().plusSeconds(30)))).isNotNull();
        assertThat(remaining(new WaitingFor("OpenPhone does not answer", Instant.now().plusSeconds(90)))).isNull();
        assertThat(remaining(new WaitingFor("OpenPhone does not answer", null))).isNull();
    }

    @Test
    void a_run_that_stands_still_or_is_being_listed_says_nothing() {
        run();
        open("conversations");
        conversations(60, 30);

        execute("UPDATE import_runs SET status = 'paused'");
        assertThat(remaining()).isNull();

        execute("UPDATE import_runs SET status = 'running', listed_at = NULL");
        assertThat(remaining()).isNull();
    }

    @Test
    void the_time_before_the_last_change_of_status_does_not_count() {
        run();
        open("conversations");
        conversations(60, 30);
        execute("""
                INSERT INTO import_events (run_id, level, kind, what, at)
                VALUES (?, 'info', 'status', 'Now running', now() - interval '2 minutes')
                """, RUN);

        assertThat(remaining()).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(65));
    }

    @Test
    void what_is_not_known_yet_is_estimated_from_the_share_that_was_read() {
        run();
        open("conversations");
        conversations(60, 30);
        execute("UPDATE import_runs SET processed_messages = 600, processed_calls = 60");

        var estimates = estimates(null);

        assertThat(estimates.messages()).isEqualTo(900);
        assertThat(estimates.calls()).isEqualTo(90);
    }

    /** It was listed four minutes ago. */
    private void run() {
        execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, listed_at, listing_stage)
                VALUES (?, 'historical', 'running', '2020-01-01T00:00:00Z', 'pace', now() - interval '4 minutes', 'done')
                """, RUN);
    }

    private @Nullable Duration remaining() {
        return remaining(null);
    }

    private @Nullable Duration remaining(@Nullable WaitingFor waitingFor) {
        return estimates(waitingFor).remaining();
    }

    private Estimates estimates(@Nullable WaitingFor waitingFor) {
        entityManager.flush();
        entityManager.clear();
        var parts = (Long) entityManager
                .createNativeQuery("SELECT count(*) FROM call_parts WHERE status = 'pending'", Long.class)
                .getSingleResult();
        return pace.estimates(Run.<Run> findById(RUN), parts, waitingFor, Instant.now());
    }

    private void execute(String sql, Object... parameters) {
        var statement = entityManager.createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setParameter(i + 1, parameters[i]);
        }
        statement.executeUpdate();
    }

    private void open(String kind) {
        batch(kind, "running", "NULL");
    }

    private void done(String kind, int secondsAgo) {
        batch(kind, "done", "now() - interval '%d seconds'".formatted(secondsAgo));
    }

    private void batch(String kind, String status, String completedAt) {
        execute("""
                INSERT INTO import_batches (run_id, number, kind, status, slice_stage, completed_at, sent_at)
                SELECT ?, count(*) + 1, '%1$s', '%2$s', CASE WHEN '%1$s' = 'slice' THEN 'messages' END, %3$s, now()
                FROM import_batches
                """.formatted(kind, status, completedAt), RUN);
    }

    /** Each of one other party: a request for its messages and one for its calls. */
    private void conversations(int done, int pending) {
        execute("""
                INSERT INTO conversations (id, participants, payload)
                SELECT 'CN' || number, ARRAY['+16175550100'], '{}' FROM generate_series(1, ?) AS number
                """, done + pending);
        execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, status, completed_at)
                SELECT run_id, id, 'CN' || conversation, CASE WHEN conversation <= ? THEN 'done' ELSE 'pending' END,
                    CASE WHEN conversation <= ? THEN now() - interval '1 second' END
                FROM import_batches, generate_series(1, ?) AS conversation
                """, done, done, done + pending);
        execute("UPDATE import_runs SET total_conversations = ?, processed_conversations = ?", done + pending, done);
    }

    private void sliced(int done) {
        execute("""
                INSERT INTO conversations (id, participants, payload)
                SELECT 'CN' || number, ARRAY['+16175550100'], '{}' FROM generate_series(1, ?) AS number
                """, done);
        execute("""
                INSERT INTO import_conversations (run_id, conversation_id, status, completed_at)
                SELECT ?, 'CN' || number, 'done', now() - interval '1 second' FROM generate_series(1, ?) AS number
                """, RUN, done);
        execute("UPDATE import_runs SET total_conversations = ?, processed_conversations = ?", done, done);
    }

    private void callParts(int asked, int pending) {
        execute("""
                INSERT INTO call_parts (run_id, call_id, kind, status, asked_at)
                SELECT ?, 'AC' || number, 'recordings', CASE WHEN number <= ? THEN 'stored' ELSE 'pending' END,
                    CASE WHEN number <= ? THEN now() - interval '1 second' END
                FROM generate_series(1, ?) AS number
                """, RUN, asked, asked, asked + pending);
    }
}
