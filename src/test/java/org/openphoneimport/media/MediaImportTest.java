package org.openphoneimport.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleMedia;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Files, from the message that names them to the folder that has them. */
@QuarkusTest
class MediaImportTest {

    private static final Instant AT = Instant.parse("2026-10-01T00:00:00Z");

    private final Bench bench = Bench.get();

    @Inject
    Actions actions;

    @Inject
    Downloader downloader;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void every_file_of_the_workspace_is_stored_byte_for_byte() {
        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        var expected = files(bench.workspace());
        assertThat(expected.keySet()).extracting(key -> key.split("/", -1)[0]).contains("message", "recording", "voicemail");
        assertThat(bench.files().keys()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((key, url) -> {
            assertThat(bench.files().bytes(key)).as(key).isEqualTo(SampleMedia.bytes(url));
            var row = bench.database().row("SELECT * FROM media WHERE storage_key = ?", key);
            assertThat(row.text("status")).isEqualTo("stored");
            assertThat(row.text("sha256")).isEqualTo(sha256(SampleMedia.bytes(url)));
            assertThat(row.number("size")).isEqualTo(SampleMedia.bytes(url).length);
            assertThat(row.text("content_type")).isEqualTo(SampleMedia.contentType(url));
        });
        assertThat(run.number("total_media")).isEqualTo(expected.size());
        assertThat(run.number("processed_media")).isEqualTo(expected.size());
        // The host answers 400 to whoever sends it a key.
        assertThat(bench.openPhone().mediaRequests().all()).hasSize(expected.size())
                .allMatch(request -> request.status() == 200);
        bench.soon().until(() -> bench.queues().size(bench.queues().mediaUrl()) == 0);
    }

    @Test
    @Landing
    void the_last_file_ends_its_run_without_waiting_for_the_clock() {
        serve("/static/messages/a.png");
        // Longer than all that comes before it.
        bench.openPhone().interceptMedia(request -> Fault.delayed(Duration.ofMillis(1_500)));
        bench.stopClock();
        try {
            assertThat(bench.importAll().text("status")).isEqualTo("completed");
        } finally {
            bench.startClock();
        }
    }

    @Test
    @Landing
    void a_second_import_counts_files_and_fetches_none() {
        bench.importAll();
        bench.openPhone().mediaRequests().reset();

        var second = bench.importAll();

        // Those of messages; calls are not asked again for what they have.
        long attachments = bench.database().size("media WHERE subject = 'message'");
        assertThat(second.number("total_media")).isEqualTo(attachments).isPositive();
        assertThat(second.number("processed_media")).isEqualTo(attachments);
        assertThat(bench.openPhone().mediaRequests().count()).isZero();
    }

    @Test
    @Landing
    void a_file_is_fetched_once_however_often_its_record_comes() {
        serve("/static/messages/a.png");
        var run = bench.importAll();
        var record = "{\"mediaId\":%s}".formatted(bench.database().value("SELECT id FROM media"));

        for (int i = 0; i < 3; i++) {
            bench.queues().sqs().sendMessage(request -> request.queueUrl(bench.queues().mediaUrl()).messageBody(record));
        }
        bench.soon().until(() -> bench.queues().size(bench.queues().mediaUrl()) == 0);

        assertThat(bench.openPhone().mediaRequests().count()).isEqualTo(1);
        assertThat(bench.run(run.uuid("id")).number("processed_media")).isEqualTo(1);
    }

    @Test
    @Landing
    void a_file_that_does_not_come_holds_up_no_run_and_is_counted_when_it_does() {
        serve("/static/messages/a.png", "/static/messages/b.png");
        var away = new AtomicBoolean(true);
        bench.openPhone().interceptMedia(
                request -> away.get() && request.path().endsWith("b.png") ? Fault.status(503) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_media")).isEqualTo(1);
        var warning = bench.database().row("SELECT * FROM import_issues WHERE resolved_at IS NULL");
        assertThat(warning.text("level")).isEqualTo("warning");
        assertThat(warning.text("what"))
                .matches("Its host answered 503\\. It is tried again at \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d:\\d\\d UTC");
        assertThat(warning.text("request")).isEqualTo("GET " + bench.openPhone().mediaBaseUrl() + "/static/messages/b.png");

        away.set(false);
        bench.soon().until(() -> bench.run(run.uuid("id")).number("processed_media") == 2);
        assertThat(bench.files().bytes("message/ACfiles/1")).isEqualTo(SampleMedia.bytes("/static/messages/b.png"));
        assertThat(bench.database().size("import_issues WHERE resolved_at IS NULL")).isZero();
    }

    @Test
    @Landing
    void a_file_that_never_comes_is_an_error_in_the_end() {
        serve("/static/messages/a.png");
        bench.openPhone().interceptMedia(request -> Fault.cut());

        var run = bench.importAll();

        bench.soon().atMost(Duration.ofSeconds(30))
                .until(() -> bench.database().size("media WHERE status = 'failed'") == 1);
        assertThat(bench.openPhone().mediaRequests().count()).isEqualTo(4);
        var issue = bench.database().row("SELECT * FROM import_issues WHERE resolved_at IS NULL");
        assertThat(issue.text("level")).isEqualTo("error");
        assertThat(issue.text("what")).startsWith("It ended after ");
        assertThat(bench.files().keys()).isEmpty();
        assertThat(bench.run(run.uuid("id")).number("processed_media")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", value = {
            "{\"url\":\"%1$s\",\"type\":\"image/png\"} -> 1 -> none",
            "\"%1$s\" -> 1 -> none",
            "[\"%1$s\",\"%2$s\"] -> 2 -> none",
            "[null,\"a picture\",\"%1$s\",{\"url\":\"%2$s\"}] -> 2 -> media holds 2 of 4 elements that name no file",
            "[[\"%1$s\"],{\"url\":5},{\"link\":\"%1$s\"},7,{\"url\":\"%2$s\"}] -> 1"
                    + " -> media holds 4 of 5 elements that name no file",
            "{\"0\":{\"url\":\"%1$s\"}} -> 0 -> media holds 1 of 1 elements that name no file",
            "\"a picture\" -> 0 -> media holds 1 of 1 elements that name no file",
            "true -> 0 -> media holds 1 of 1 elements that name no file",
            "[] -> 0 -> none", "null -> 0 -> none" })
    void files_in_any_shape_are_fetched_or_warned_of(String media, int files, String warning) {
        serve("/static/messages/a.png");
        var url = bench.openPhone().mediaBaseUrl() + "/static/messages/";
        var document = Json.read(media.formatted(url + "a.png", url + "b.png").getBytes(StandardCharsets.UTF_8));
        bench.openPhone().intercept(request -> request.template().equals("/v1/messages") ? Fault.changed(page -> {
            page.path("data").forEach(message -> ((ObjectNode) message).set("media", document));
            return page;
        }) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.number("processed_media")).isEqualTo(files);
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE subject = 'message' AND subject_id = 'ACfiles'"))
                .extracting(issue -> issue.text("what"))
                .isEqualTo(warning.equals("none") ? List.of() : List.of(warning));
        assertThat(bench.database().rows("""
                SELECT subject, subject_id, position, url, type FROM media
                EXCEPT SELECT subject, subject_id, position, url, type FROM media_urls""")).isEmpty();
        assertThat(bench.database().size("media_urls")).isEqualTo(files);
    }

    @Test
    void what_is_no_file_is_a_warning_and_tried_again() {
        serve("/static/messages/page.png", "/static/messages/empty.png", "/static/messages/a.png");
        bench.openPhone().interceptMedia(request -> request.attempt() > 1 ? Fault.none() : switch (request.path()) {
            case "/static/messages/page.png" -> Fault.html();
            case "/static/messages/empty.png" -> Fault.answer(Reply.of(200, "image/png", new byte[0]));
            default -> Fault.none();
        });

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().rows("SELECT level, what FROM import_issues ORDER BY subject_id"))
                .extracting(issue -> issue.text("level") + ": " + issue.text("what").replaceAll("\\d.*UTC", "..."))
                .containsExactly(
                        "warning: A page of HTML came instead of image/png. It is tried again at ...",
                        "warning: It is empty. It is tried again at ...");
        bench.soon().until(() -> bench.run(run.uuid("id")).number("processed_media") == 3);
        assertThat(bench.files().bytes("message/ACfiles/0")).isEqualTo(SampleMedia.bytes("/static/messages/page.png"));
    }

    @Test
    void a_file_that_could_not_be_stored_is_told_with_the_cause_and_not_only_a_path() throws IOException {
        serve("/static/messages/a.png");
        var incoming = Files.writeString(bench.files().path().resolve("incoming"), "in the way");

        bench.importAll();

        // There are more when it has been tried again by now.
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE stage = 'media'")).isNotEmpty()
                .allSatisfy(issue -> assertThat(issue.text("what"))
                        .startsWith("It could not be stored: " + incoming + " is a file, not a folder"));
    }

    @Test
    @Landing
    void what_never_is_a_file_is_an_error_in_the_end_and_never_stored() {
        serve("/static/messages/page.png", "/static/messages/empty.png");
        bench.openPhone().interceptMedia(request -> request.path().endsWith("page.png") ? Fault.html()
                : Fault.answer(Reply.of(200, "image/png", new byte[0])));

        bench.importAll();

        bench.soon().atMost(Duration.ofSeconds(30))
                .until(() -> bench.database().size("media WHERE status = 'failed'") == 2);
        assertThat(bench.database().rows("SELECT finding FROM media ORDER BY position"))
                .extracting(file -> file.text("finding"))
                .containsExactly("A page of HTML came instead of image/png", "It is empty");
        assertThat(bench.files().keys()).isEmpty();
    }

    @Test
    @Landing
    void what_comes_packed_is_stored_as_what_it_is() {
        serve("/static/messages/a.vcf");
        bench.openPhone().interceptMedia(request -> new Fault.Change(reply -> Reply
                .of(200, "text/vcard", packed(reply.body())).header("Content-Encoding", "gzip")));

        bench.importAll();

        var bytes = SampleMedia.bytes("/static/messages/a.vcf");
        assertThat(bench.files().bytes("message/ACfiles/0")).isEqualTo(bytes);
        var row = bench.database().row("SELECT * FROM media");
        assertThat(row.text("sha256")).isEqualTo(sha256(bytes));
        assertThat(row.number("size")).isEqualTo(bytes.length);
        assertThat(row.text("content_type")).isEqualTo("text/vcard");
    }

    @ParameterizedTest
    @Landing
    @ValueSource(ints = { 400, 403, 410, 451 })
    void a_url_that_has_expired_is_asked_for_again_once(int status) {
        serve("/static/messages/old.png");
        var expired = bench.openPhone().mediaBaseUrl() + "/static/messages/old.png";
        bench.openPhone().interceptMedia(request -> request.path().endsWith("old.png") ? Fault.status(status) : Fault.none());
        bench.openPhone().intercept(request -> request.template().equals("/v1/messages/{id}")
                ? new Fault.Change(reply -> reply.replace("old.png", "new.png"))
                : Fault.none());

        bench.importAll();

        assertThat(bench.files().bytes("message/ACfiles/0")).isEqualTo(SampleMedia.bytes("/static/messages/new.png"));
        assertThat(bench.openPhone().requests().count("/v1/messages/{id}")).isEqualTo(1);
        assertThat(bench.database().row("SELECT * FROM media").text("url")).isNotEqualTo(expired).endsWith("new.png");
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    @Landing
    void a_url_that_expires_while_its_file_is_tried_again_is_asked_for_once_more() {
        serve("/static/messages/late.png");
        bench.openPhone().interceptMedia(request -> switch (request.attempt()) {
            case 1, 3 -> Fault.status(403);
            case 2 -> Fault.status(500);
            default -> Fault.none();
        });

        bench.importAll();

        bench.soon().until(() -> bench.database().size("media WHERE status = 'stored'") == 1);
        assertThat(bench.openPhone().requests().count("/v1/messages/{id}")).isEqualTo(2);
    }

    @Test
    @Landing
    void a_url_that_was_denied_and_is_old_by_the_next_try_is_asked_for_once_more() {
        serve("/static/messages/late.png");
        bench.openPhone().interceptMedia(request -> {
            if (request.attempt() == 4) {
                return Fault.none();
            }
            // As if the next try came much later.
            bench.database().execute("UPDATE media SET url_asked_at = url_asked_at - interval '11 minutes'");
            return Fault.status(400);
        });

        bench.importAll();

        bench.soon().until(() -> bench.database().size("media WHERE status IN ('stored', 'failed')") == 1);
        assertThat(bench.openPhone().requests().count("/v1/messages/{id}")).isEqualTo(2);
        assertThat(bench.database().row("SELECT * FROM media").text("status")).isEqualTo("stored");
    }

    @Test
    @Landing
    void urls_of_recordings_and_voicemails_are_asked_for_again_by_their_call() {
        bench.openPhone().interceptMedia(request -> request.attempt() == 1 && !request.path().startsWith("/static/messages/")
                ? Fault.status(403)
                : Fault.none());

        var run = bench.importAll();

        assertThat(run.number("processed_media")).isEqualTo(run.number("total_media"));
        assertThat(bench.files().keys()).containsExactlyInAnyOrderElementsOf(files(bench.workspace()).keySet());
        assertThat(bench.openPhone().mediaRequests().countStatus(403))
                .isEqualTo((int) bench.database().size("media WHERE url_asked_at IS NOT NULL")).isPositive();
        assertThat(bench.database().size("import_issues WHERE stage = 'media'")).isZero();
    }

    @Test
    @Landing
    void urls_of_what_the_dated_api_brought_are_asked_for_there() {
        bench.openPhone().interceptMedia(request -> request.attempt() == 1 && !request.path().startsWith("/static/messages/")
                ? Fault.status(403)
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.number("processed_media")).isEqualTo(run.number("total_media"));
        assertThat(bench.database().size("media WHERE subject <> 'message' AND url_asked_at IS NOT NULL")).isPositive();
        assertThat(bench.openPhone().requests().count(request -> request.path().startsWith("/v1/call-"))).isZero();
    }

    @Test
    @Landing
    void urls_of_messages_are_asked_for_where_v1_is_retired() {
        var gone = Fault.answer(Reply.html(404, "<html><body>Cannot GET</body></html>"));
        bench.openPhone().intercept(request -> request.path().startsWith("/v1/") ? gone : Fault.none());
        bench.openPhone().interceptMedia(request -> request.attempt() == 1 && request.path().startsWith("/static/messages/")
                ? Fault.status(403)
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(bench.database().size("media WHERE subject = 'message' AND url_asked_at IS NOT NULL")).isPositive();
        assertThat(run.number("processed_media")).isEqualTo(run.number("total_media"));
    }

    @Test
    @Landing
    void a_file_that_is_gone_is_an_error_although_its_url_was_asked_for_again() {
        serve("/static/messages/gone.png");
        bench.openPhone().interceptMedia(request -> Fault.status(404));

        bench.importAll();

        bench.soon().atMost(Duration.ofSeconds(30))
                .until(() -> bench.database().size("media WHERE status = 'failed'") == 1);
        assertThat(bench.openPhone().requests().count("/v1/messages/{id}")).isEqualTo(1);
        // Once more with the URL that was asked for.
        assertThat(bench.openPhone().mediaRequests().count()).isEqualTo(5);
        assertThat(bench.database().row("SELECT * FROM media").text("finding")).isEqualTo("Its host answered 404");
    }

    @Test
    @Landing
    void a_file_that_failed_is_tried_again_when_somebody_asks_for_it() {
        serve("/static/messages/a.png");
        bench.openPhone().interceptMedia(request -> Fault.answer(Reply.empty(302).header("Location", "ftp://nowhere")));
        var run = bench.importAll();
        bench.openPhone().interceptMedia(request -> Fault.none());
        var issue = bench.database().row("SELECT * FROM import_issues WHERE level = 'error' AND resolved_at IS NULL");

        actions.retryIssue(run.uuid("id"), issue.number("id"));

        bench.soon().until(() -> bench.run(run.uuid("id")).number("processed_media") == 1);
        assertThat(bench.database().size("import_issues WHERE resolved_at IS NULL")).isZero();
        assertThat(bench.run(run.uuid("id")).text("errors")).isEqualTo("[]");
        assertThat(bench.run(run.uuid("id")).text("status")).isEqualTo("completed");
    }

    @Test
    @Landing
    void a_file_that_had_failed_is_tried_again_by_the_next_run() {
        serve("/static/messages/a.png");
        var first = bench.importAll();
        bench.database().execute("UPDATE media SET status = 'failed', attempts = 4, storage_key = NULL");
        bench.database().execute("UPDATE import_media SET counted = false");
        bench.database().execute("UPDATE import_runs SET processed_media = 0");

        var second = bench.importAll();

        assertThat(bench.database().row("SELECT * FROM media").text("status")).isEqualTo("stored");
        assertThat(second.number("processed_media")).isEqualTo(1);
        assertThat(bench.run(first.uuid("id")).number("processed_media")).isEqualTo(1);
    }

    @Test
    void files_of_calls_that_had_failed_are_tried_again_by_the_next_import_and_by_no_reconciliation() {
        var workspace = Bench.workspace(Bench.CONVERSATIONS);
        bench.openPhone().serve(workspace);
        var first = bench.importAll();
        bench.soon().until(() -> bench.database().size("media WHERE status <> 'stored'") == 0);
        int failed = bench.database().execute("""
                UPDATE media SET status = 'failed', attempts = 4, storage_key = NULL WHERE subject IN ('recording', 'voicemail')
                """);
        assertThat(failed).isPositive();

        bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}"));
        assertThat(bench.database().size("media WHERE status = 'failed'")).isEqualTo(failed);

        var second = bench.importAll();
        assertThat(bench.database().size("media WHERE status <> 'stored'")).isZero();
        assertThat(second.number("total_media")).isEqualTo(bench.run(first.uuid("id")).number("total_media"));
        assertThat(second.number("processed_media")).isEqualTo(second.number("total_media"));
    }

    @Test
    @Landing
    void a_file_whose_download_was_killed_is_due_again_and_counts_its_deaths() {
        serve("/static/messages/a.png");
        var run = bench.importAll();
        // As a claim leaves it whose worker has been killed: sent, claimed, its time over.
        bench.database().execute("""
                UPDATE media SET status = 'pending', attempts = 2, sent_at = now() - interval '5 minutes', tried_at = NULL,
                    due_at = now() - interval '1 second', claim = gen_random_uuid(), storage_key = NULL
                """);

        bench.soon().until(() -> bench.database().row("SELECT * FROM media").text("status").equals("stored"));
        assertThat(bench.database().row("SELECT * FROM media").number("attempts")).isEqualTo(3);
        assertThat(bench.run(run.uuid("id")).number("processed_media")).isEqualTo(1);

        bench.database().execute("""
                UPDATE media SET status = 'pending', attempts = 4, sent_at = now() - interval '5 minutes', tried_at = NULL,
                    due_at = now() - interval '1 second', claim = gen_random_uuid(), storage_key = NULL
                """);
        bench.soon().until(() -> bench.database().row("SELECT * FROM media").text("status").equals("failed"));
        assertThat(bench.database().row("SELECT * FROM import_issues WHERE level = 'error'").text("what"))
                .isEqualTo("Its worker died at each download");
    }

    /** When the application is stopped, or at a function's time limit. */
    @Test
    void a_download_that_is_interrupted_has_failed_at_nothing() {
        serve("/static/messages/a.png");
        bench.importAll();
        bench.openPhone().mediaRequests().reset();
        bench.openPhone().interceptMedia(request -> Fault.delayed(Duration.ofSeconds(20)));
        bench.database().execute(
                """
                        UPDATE media SET status = 'pending', attempts = 0, sent_at = now(), tried_at = NULL, due_at = now(), claim = NULL
                        """);
        var record = new MediaRecord(bench.database().row("SELECT id FROM media").number("id"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var download = threads.submit(() -> downloader.handle(record, Instant.now().plusSeconds(30)));
            bench.soon().until(() -> bench.openPhone().mediaRequests().count() == 1);

            threads.shutdownNow();

            assertThat(download).failsWithin(Duration.ofSeconds(5)).withThrowableThat()
                    .withCauseInstanceOf(CancellationException.class);
        }
        var row = bench.database().row("SELECT * FROM media");
        assertThat(row.text("status")).isEqualTo("pending");
        assertThat(row.get("tried_at")).isNull();
        assertThat(row.get("claim")).as("what is at work until its time is over").isNotNull();
        assertThat(bench.database().size("import_issues")).isZero();
    }

    @Test
    @Landing
    void a_download_whose_claim_was_taken_over_changes_nothing() {
        serve("/static/messages/a.png");
        bench.openPhone().interceptMedia(request -> {
            bench.database().execute("UPDATE media SET claim = gen_random_uuid()");
            return Fault.none();
        });
        var run = bench.start("{}");

        bench.soon().until(() -> bench.files().keys().size() == 1);
        bench.soon().until(() -> bench.queues().size(bench.queues().mediaUrl()) == 0);

        var row = bench.database().row("SELECT * FROM media");
        assertThat(row.text("status")).isEqualTo("pending");
        assertThat(row.get("sha256")).isNull();
        assertThat(bench.run(run).number("processed_media")).isZero();
        assertThat(bench.run(run).text("status")).isEqualTo("running");
    }

    @Test
    @Landing
    void no_file_of_a_paused_run_is_fetched_until_it_is_resumed() {
        serve("/static/messages/a.png");
        var paused = new AtomicBoolean();
        bench.openPhone().intercept(request -> {
            if (request.template().equals("/v1/calls") && paused.compareAndSet(false, true)) {
                bench.database().execute("UPDATE import_runs SET status = 'paused', paused_at = now()");
            }
            return Fault.none();
        });
        var run = bench.start("{}");
        bench.soon().until(() -> bench.run(run).text("status").equals("paused")
                && bench.database().size("import_batches WHERE lease_owner IS NOT NULL") == 0);
        bench.soon().until(() -> bench.queues().size(bench.queues().mediaUrl()) == 0);
        assertThat(bench.openPhone().mediaRequests().count()).isZero();

        actions.resume(run);

        assertThat(bench.awaitEnd(run).number("processed_media")).isEqualTo(1);
    }

    @Test
    void records_that_cannot_be_read_become_dead_letters_of_their_queue() {
        bench.queues().sqs().sendMessage(request -> request.queueUrl(bench.queues().mediaDeadLettersUrl())
                .messageBody("{\"batchId\":1}"));
        bench.queues().sqs().sendMessage(request -> request.queueUrl(bench.queues().mediaDeadLettersUrl())
                .messageBody("{\"mediaId\":7}"));

        bench.soon().until(() -> bench.database().size("dead_letters") == 2);

        assertThat(bench.database().rows("SELECT queue, reason FROM dead_letters ORDER BY reason"))
                .extracting(row -> row.text("queue") + ": " + row.text("reason")).containsExactly(
                        "media: File 7 could not be downloaded in 5 receives; the log says why", "media: It names no file");
    }

    @Test
    @Landing
    void a_record_of_a_file_that_does_not_exist_stays_on_the_queue_and_harms_no_other() {
        serve("/static/messages/a.png");
        bench.openPhone().interceptMedia(request -> Fault.none());
        bench.importAll();
        var id = bench.database().value("SELECT id FROM media");

        var answer = bench.invoke("download-media", """
                {"Records":[{"messageId":"one","body":"{\\"mediaId\\":%s}"},{"messageId":"two","body":"{\\"mediaId\\":999}"},
                 {"messageId":"three","body":"nonsense"}]}
                """.formatted(id));

        assertThat(answer.failed()).isFalse();
        assertThat(answer.document().path("batchItemFailures").findValuesAsText("itemIdentifier"))
                .containsExactlyInAnyOrder("two", "three");
    }

    /** A workspace of one message with these files; a path alone is one of the sample's media host. */
    private void serve(String... urls) {
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst();
        workspace.addConversation("CNfiles", number.id(), List.of("+16175550123"), AT);
        workspace.threads().put(new SampleMessage("ACfiles", List.of(number.number()), "+16175550123", "Look", number.id(),
                "CNfiles", "incoming", null, "received", AT, AT,
                List.of(urls).stream().map(url -> new SampleMessage.Attachment(
                        url.startsWith("/") ? SampleMedia.ORIGIN + url : url, "image/png")).toList()));
        bench.openPhone().serve(workspace);
    }

    /** URLs by the keys that their files have. */
    private static Map<String, String> files(SampleWorkspace workspace) {
        var urls = new HashMap<String, String>();
        workspace.threads().messages().forEach(message -> {
            for (int position = 0; position < message.attachments().size(); position++) {
                urls.put("message/%s/%d".formatted(message.id(), position), message.attachments().get(position).url());
            }
        });
        var imported = workspace.calls().ids();
        workspace.calls().recordings().forEach((call, recordings) -> recordings.stream()
                .filter(recording -> recording.url() != null && imported.contains(call))
                .forEach(recording -> urls.put("recording/" + recording.id() + "/0", recording.url())));
        workspace.calls().voicemails().forEach((call, voicemail) -> {
            if (voicemail.recordingUrl() != null && imported.contains(call)) {
                urls.put("voicemail/" + voicemail.id() + "/0", voicemail.recordingUrl());
            }
        });
        return urls;
    }

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(out)) {
            packing.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
