package org.openphoneimport.reading;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.run.Issue;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Which conversations end with a slice of time, and how. Of three slices the second is February. */
@QuarkusTest
class SliceEndTest {

    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final Issue ISSUE = Issue.error("messages", "slice", "a slice", "OpenPhone answered 403", null);

    private final Bench bench = Bench.get();

    @Inject
    SliceEnd end;

    private UUID run;
    private BatchClaim.Held january;
    private BatchClaim.Held february;
    private BatchClaim.Held march;

    @BeforeEach
    void cut() {
        bench.reset();
        // One that stands still, so that nothing else works on it.
        run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at)
                VALUES ('historical', 'paused', now(), 'hash', 'done', now()) RETURNING id
                """).uuid("id");
        january = slice(1, null, FEBRUARY);
        february = slice(2, FEBRUARY, MARCH);
        march = slice(3, MARCH, null);
        conversation("CNjanuary", "2026-01-10T00:00:00Z", "2026-01-31T23:59:59Z");
        conversation("CNfebruary", "2026-02-10T00:00:00Z", "2026-02-20T00:00:00Z");
        conversation("CNmarch", "2026-03-02T00:00:00Z", "2026-03-10T00:00:00Z");
        conversation("CNwinter", "2026-01-10T00:00:00Z", "2026-02-20T00:00:00Z");
        conversation("CNspring", "2026-02-20T00:00:00Z", MARCH);
        conversation("CNall", "2026-01-10T00:00:00Z", "2026-03-10T00:00:00Z");
        conversation("CNodd", "2026-02-20T00:00:00Z", "2026-01-20T00:00:00Z");
        conversation("CNtimeless", null, null);
    }

    /** What a test has made up has no worker who would let go of it. */
    @AfterEach
    void release() {
        bench.database().execute("UPDATE import_batches SET lease_owner = NULL, lease_until = NULL");
    }

    @Test
    void a_conversation_ends_with_the_last_slice_that_covers_its_life() {
        finish(february);
        assertThat(ended()).isEqualTo(Map.of("CNfebruary", "done"));

        finish(january);
        assertThat(ended()).isEqualTo(Map.of("CNfebruary", "done", "CNjanuary", "done", "CNwinter", "done", "CNodd", "done"));
        assertThat(bench.run(run).number("processed_conversations")).isEqualTo(4);
        assertThat(bench.run(run).text("last_completed_conversation")).isIn("CNjanuary", "CNwinter", "CNodd");

        finish(march);
        assertThat(ended()).hasSize(8).containsValue("done").doesNotContainValue("failed");
        assertThat(bench.run(run).number("processed_conversations")).isEqualTo(8);
    }

    @Test
    void a_conversation_of_which_no_time_is_known_may_be_in_any_slice() {
        finish(march);
        finish(february);
        assertThat(ended()).doesNotContainKey("CNtimeless").containsKeys("CNmarch", "CNspring");

        finish(january);
        assertThat(ended()).containsEntry("CNtimeless", "done");
    }

    @Test
    void what_a_slice_covers_that_is_given_up_has_failed_as_soon_as_no_other_is_open() {
        fail(february);
        assertThat(ended()).isEqualTo(Map.of("CNfebruary", "failed"));
        assertThat(bench.run(run).number("processed_conversations")).isZero();
        assertThat(bench.database().value("SELECT what FROM import_issues")).isEqualTo("OpenPhone answered 403");

        finish(january);
        finish(march);
        assertThat(ended()).isEqualTo(Map.of("CNjanuary", "done", "CNfebruary", "failed", "CNmarch", "done", "CNwinter",
                "failed", "CNspring", "failed", "CNall", "failed", "CNodd", "failed", "CNtimeless", "failed"));
        assertThat(bench.run(run).number("processed_conversations")).isEqualTo(2);
    }

    @Test
    void the_last_slice_ends_everything_also_when_it_is_given_up() {
        finish(january);
        finish(february);

        fail(march);

        assertThat(ended()).containsEntry("CNmarch", "failed").containsEntry("CNall", "failed")
                .containsEntry("CNtimeless", "failed").containsEntry("CNwinter", "done").hasSize(8);
    }

    @Test
    void a_slice_that_kills_its_workers_is_given_up_with_what_it_covers() {
        finish(january);
        finish(march);

        end.fail(run, (OpenSlice) february.items().getFirst(), "The worker that imported batch 2 died 5 times");

        assertThat(ended()).containsEntry("CNfebruary", "failed").containsEntry("CNall", "failed")
                .containsEntry("CNjanuary", "done").hasSize(8);
        var issue = bench.database().row("SELECT * FROM import_issues");
        assertThat(issue.text("subject_id")).isEqualTo(FEBRUARY + "/" + MARCH);
        assertThat(issue.text("what")).isEqualTo("Not imported. The worker that imported batch 2 died 5 times");
    }

    @Test
    void a_slice_that_is_anothers_by_now_ends_nothing() {
        bench.database().execute("UPDATE import_batches SET lease_owner = gen_random_uuid()");

        finish(february);
        fail(january);

        assertThat(ended()).isEmpty();
        assertThat(bench.database().size("import_batches WHERE status = 'running'")).isEqualTo(3);
        assertThat(bench.database().size("import_issues")).isZero();
    }

    private void finish(BatchClaim.Held claim) {
        bench.database().execute("UPDATE import_batches SET slice_stage = 'done' WHERE id = ?", claim.batch());
        end.finish(claim);
    }

    private void fail(BatchClaim.Held claim) {
        end.fail(claim, List.of(ISSUE));
    }

    /** Conversations that are no longer pending. */
    private Map<String, String> ended() {
        var ended = new TreeMap<String, String>();
        bench.database().rows("SELECT conversation_id, status FROM import_conversations WHERE status <> 'pending'")
                .forEach(row -> ended.put(row.text("conversation_id"), row.text("status")));
        return ended;
    }

    private BatchClaim.Held slice(int number, @Nullable String from, @Nullable String to) {
        var row = bench.database().row(
                """
                        INSERT INTO import_batches (run_id, number, kind, slice_stage, slice_from, slice_to, status, sent_at, lease_owner,
                            lease_until)
                        VALUES (?, ?, 'slice', 'messages', CAST(? AS timestamptz), CAST(? AS timestamptz), 'running', now(),
                            gen_random_uuid(), now() + interval '1 hour')
                        RETURNING id, lease_owner
                        """,
                run, number, from, to);
        var range = new TimeSlice(from == null ? null : Instant.parse(from), to == null ? null : Instant.parse(to));
        return new BatchClaim.Held(run, row.uuid("id"), number, row.uuid("lease_owner"), false,
                List.of(new OpenSlice(row.uuid("id"), range, SliceCheckpoint.START, false)), false);
    }

    private void conversation(String id, @Nullable String created, @Nullable String lastActivity) {
        bench.database().execute("""
                INSERT INTO conversations (id, created_at, last_activity_at, payload)
                VALUES (?, CAST(? AS timestamptz), CAST(? AS timestamptz), '{}')
                """, id, created, lastActivity);
        bench.database().execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, ?)", run, id);
    }
}
