package org.openphoneimport.media;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Who has a file, and what becomes of it. The tests' application tries a file three times again, each after a second. */
@QuarkusTest
class MediaTableTest {

    private static final MediaHttp.Received RECEIVED = new MediaHttp.Received("image/png", 5, "hash");

    private final Bench bench = Bench.get();

    @Inject
    MediaTable table;

    @Inject
    MediaReopening reopening;

    @Inject
    MediaCounts counts;

    private UUID run;
    private long file;

    @BeforeEach
    void note() {
        bench.reset();
        run = run("completed");
        // Far ahead, so that nothing but a test takes it.
        file = bench.database().count("""
                INSERT INTO media (subject, subject_id, url, due_at, sent_at)
                VALUES ('message', 'AC1', 'https://media.example.com/a', now() + interval '1 hour', now()) RETURNING id
                """);
        found(run);
    }

    /** What a test has made up has no worker who would let go of it. */
    @AfterEach
    void release() {
        bench.database().execute("UPDATE media SET claim = NULL");
    }

    @Test
    void a_file_is_one_downloads_at_a_time() {
        assertThat(table.claim(file)).isEqualTo(new MediaClaim.NotNeeded("it is not due, or another download has it"));

        var claim = claim();

        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(table.claim(file)).isInstanceOf(MediaClaim.NotNeeded.class);
        // Four minutes, and half a one for it to end itself.
        assertThat(bench.database().size("media WHERE due_at BETWEEN now() + interval '269 s' AND now() + interval '270 s'"))
                .isEqualTo(1);
        assertThat(table.claim(file + 1)).isEqualTo(new MediaClaim.Unknown());
    }

    @Test
    void a_file_is_fetched_as_long_as_one_of_its_runs_wants_it() {
        bench.database().execute("UPDATE import_runs SET status = 'cancelled'");
        due();
        assertThat(table.claim(file)).isEqualTo(new MediaClaim.NotNeeded("its run stands still"));
        bench.database().execute("UPDATE import_runs SET status = 'paused'");
        due();
        assertThat(table.claim(file)).isEqualTo(new MediaClaim.NotNeeded("its run stands still"));

        found(run("failed"));

        assertThat(claim().name()).isEqualTo("message/AC1/0");
    }

    @Test
    void a_file_whose_downloads_die_is_given_up_after_the_last_try() {
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(claim().attempt()).isEqualTo(attempt);
        }

        due();
        assertThat(table.claim(file)).isEqualTo(new MediaClaim.WornOut());

        assertThat(bench.database().value("SELECT status FROM media")).isEqualTo("failed");
        assertThat(bench.database().row("SELECT what FROM import_issues WHERE level = 'error'").text("what"))
                .contains("Its worker died at each download");
    }

    @Test
    void a_file_that_does_not_come_is_tried_three_times_again_and_then_an_error() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            table.again(claim(), "Its host answered 500", false);
            assertThat(bench.database().size("media WHERE status = 'pending' AND tried_at IS NOT NULL AND claim IS NULL"
                    + " AND sent_at IS NULL AND due_at <= now() + interval '1 s'")).isEqualTo(1);
        }

        table.again(claim(), "Its host answered 500", false);

        assertThat(bench.database().size("media WHERE status = 'failed' AND finding = 'Its host answered 500'")).isEqualTo(1);
    }

    @Test
    void openphone_is_asked_for_a_url_once_unless_that_was_long_ago() {
        var claim = claim();
        assertThat(claim.urlAsked()).isFalse();
        table.noteUrl(claim, "https://media.example.com/b");

        assertThat(claim().urlAsked()).isTrue();
        assertThat(claim().url()).isEqualTo("https://media.example.com/b");
        bench.database().execute("UPDATE media SET url_asked_at = now() - interval '9 minutes', attempts = 0");
        assertThat(claim().urlAsked()).isTrue();
        bench.database().execute("UPDATE media SET url_asked_at = now() - interval '11 minutes'");
        assertThat(claim().urlAsked()).isFalse();
    }

    @Test
    void a_host_that_denies_the_new_url_is_not_given_another_but_one_that_fails_is() {
        var claim = claim();
        table.noteUrl(claim, "https://media.example.com/b");
        table.again(claim, "Its host answered 404", true);
        assertThat(claim().urlAsked()).isTrue();

        claim = claim();
        table.again(claim, "Its host answered 500", false);
        assertThat(claim().urlAsked()).isFalse();
    }

    @Test
    void what_a_download_brings_that_has_lost_its_claim_is_not_believed() {
        var late = claim();
        var claim = claim();

        table.stored(late, "image/png", RECEIVED);
        table.noteUrl(late, "https://media.example.com/late");
        table.fail(late, "Late");
        table.again(late, "Late", false);
        assertThat(bench.database().size("media WHERE status = 'pending' AND finding IS NULL AND url LIKE '%/a'")).isEqualTo(1);
        assertThat(bench.database().size("media_to_delete")).as("the file is the one of the other download").isZero();

        table.stored(claim, "image/png", RECEIVED);
        assertThat(bench.database().size("media WHERE status = 'stored' AND size = 5 AND sha256 = 'hash'")).isEqualTo(1);
    }

    @Test
    void what_comes_after_a_clear_is_noted_to_be_deleted_until_it_is_fetched_anew() {
        var claim = claim();
        bench.database().execute("DELETE FROM media");

        table.stored(claim, "image/png", RECEIVED);

        assertThat(bench.database().value("SELECT storage_key FROM media_to_delete")).isEqualTo(claim.key());
        file = bench.database().count("""
                INSERT INTO media (subject, subject_id, url, due_at, sent_at)
                VALUES ('message', 'AC1', 'https://media.example.com/a', now() + interval '1 hour', now()) RETURNING id
                """);
        claim();
        assertThat(bench.database().size("media_to_delete")).isZero();
    }

    @Test
    void a_file_counts_once_for_each_run_that_found_it() {
        table.stored(claim(), "image/png", RECEIVED);
        assertThat(bench.run(run).number("processed_media")).isEqualTo(1);
        var later = run("completed");
        found(later);

        counts.countAll();
        counts.countAll();

        assertThat(bench.run(run).number("processed_media")).isEqualTo(1);
        assertThat(bench.run(later).number("processed_media")).isEqualTo(1);
    }

    @Test
    void a_file_that_is_lost_is_no_longer_counted_until_it_is_here_again() {
        table.stored(claim(), "image/png", RECEIVED);

        reopening.fetchAgain(List.of(new Media.Found("message", "AC1", 0, "https://media.example.com/a", null)));
        due();

        assertThat(bench.run(run).number("processed_media")).isZero();
        assertThat(counts.someUntried(run)).isTrue();
        table.stored(claim(), "image/png", RECEIVED);
        assertThat(bench.run(run).number("processed_media")).isEqualTo(1);
        assertThat(counts.someUntried(run)).isFalse();
    }

    /** A run that reads a contact twice, since it was retried, has noted its files at the first time. */
    @Test
    void a_file_that_was_replaced_is_fetched_from_its_new_url_by_the_run_that_knows_the_old_one() {
        table.stored(claim(), "image/png", RECEIVED);

        replaced("https://media.example.com/b");
        var claim = claim();
        replaced("https://media.example.com/c");
        table.stored(claim, "image/png", RECEIVED);

        assertThat(claim.url()).isEqualTo("https://media.example.com/b");
        assertThat(claim().url()).as("what came meanwhile under the other one is not taken for it")
                .isEqualTo("https://media.example.com/c");
    }

    private void replaced(String url) {
        var file = List.of(new Media.Found("message", "AC1", 0, url, null));
        reopening.fetchAgain(file);
        QuarkusTransaction.requiringNew().run(() -> Media.note(file, run));
    }

    @Test
    void an_operator_can_have_a_file_tried_again_that_has_failed_or_waits_but_not_one_that_is_here_or_coming() {
        var claim = claim();
        assertThat(reopening.reopenFile(run, claim.name())).as("it is coming").isFalse();
        table.again(claim, "Its host answered 500", false);
        assertThat(reopening.reopenFile(run, claim.name())).as("it waits").isTrue();
        assertThat(reopening.reopenFailed(run)).as("none has failed").isZero();
        table.fail(claim(), "Gone");
        assertThat(reopening.reopenFailed(run)).isEqualTo(1);
        claim = claim();
        assertThat(claim.attempt()).isEqualTo(1);
        table.stored(claim, "image/png", RECEIVED);
        assertThat(reopening.reopenFile(run, claim.name())).as("it is here").isFalse();
    }

    /** Takes the file, as if it were due. */
    private MediaClaim.Held claim() {
        due();
        var claim = table.claim(file);
        assertThat(claim).isInstanceOf(MediaClaim.Held.class);
        return (MediaClaim.Held) claim;
    }

    /** Due for this test only: what is on the queue is not sent again. */
    private void due() {
        bench.database().execute("UPDATE media SET due_at = now(), sent_at = now() + interval '1 hour'");
    }

    private void found(UUID by) {
        bench.database().execute("""
                INSERT INTO import_media (run_id, subject, subject_id, position) VALUES (?, 'message', 'AC1', 0)
                """, by);
    }

    private UUID run(String status) {
        return bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash) VALUES ('historical', ?, now(), 'hash')
                RETURNING id
                """, status).uuid("id");
    }
}
