package org.openphoneimport.notice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.NoticeReceiver;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;

/** Who does not look is told once what happened, by a receiver that may be away and a mail server. */
@QuarkusTest
class NoticesTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();
    private final NoticeReceiver receiver = bench.receiver();

    @Inject
    Runs runs;

    @Inject
    Notices notices;

    @Inject
    Courier courier;

    @BeforeEach
    void reset() {
        bench.stopClock();
        bench.reset();
        courier.deliver();
        receiver.reset();
        bench.mails().purge();
    }

    @AfterEach
    void let_the_clock_go_on() {
        receiver.reset();
        bench.startClock();
    }

    @Test
    @Landing
    void a_run_that_ends_is_posted_with_a_signature_and_mailed_once_each() throws Exception {
        bench.startClock();
        var run = bench.importAll().uuid("id").toString();

        bench.soon().until(() -> receiver.posts(run).size() == 1 && bench.mails().texts().size() == 1);
        passes(5);

        assertThat(receiver.posts(run)).singleElement().satisfies(post -> {
            assertThat(post.path()).isEqualTo("/hooks/hidden");
            assertThat(post.signature()).isEqualTo(signature(post));
            assertThat(Instant.ofEpochSecond(Long.parseLong(post.timestamp())))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            var document = post.document();
            assertThat(document.path("type").asText()).startsWith("run.completed");
            assertThat(Instant.parse(document.path("timestamp").asText())).isBeforeOrEqualTo(Instant.now());
            assertThat(document.at("/data/sentence").asText()).startsWith("The historical import is completed");
            assertThat(document.at("/data/link").asText()).isEqualTo("https://import.example.com/runs/" + run);
            assertThat(document.at("/data/run/processedMessages").asInt())
                    .isEqualTo((int) rows.count("SELECT processed_messages FROM import_runs"));
        });
        assertThat(bench.mails().texts()).singleElement().satisfies(mail -> assertThat(mail)
                .contains("Historical import completed", "ops@example.com", "https://import.example.com/runs/" + run));
        assertThat(rows.size("notice_deliveries WHERE delivered_at IS NOT NULL AND attempts = 1")).isEqualTo(2);
    }

    @Test
    void no_notice_has_a_text_a_number_or_a_secret_in_it() {
        run("running");
        rows.execute("UPDATE import_runs SET reason = NULL");
        runs.change(RUN, RunStatus.RUNNING, RunStatus.FAILED,
                "OpenPhone answered 400 to GET /v1/messages?participants=%2B16175550123&x=+16175550199: Bad");
        passes(1);

        assertThat(receiver.posts("run.failed")).singleElement().satisfies(post -> {
            assertThat(post.text()).doesNotContain("6175550", "hash", "whsec", "hidden");
            assertThat(post.document().at("/data/run/reason").asText())
                    .isEqualTo("OpenPhone answered 400 to GET /v1/messages?participants=...23&x=...99: Bad");
            assertThat(post.document().at("/data/run").propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("id",
                    "type",
                    "status", "reason", "windowFrom", "windowTo", "startedAt", "endedAt", "processedConversations",
                    "processedMessages", "processedCalls", "processedMedia", "errorCount", "unavailableCount");
        });
    }

    @Test
    void each_way_to_end_has_its_own_kind() {
        run("verifying");
        rows.execute("INSERT INTO verifications (run_id, status) VALUES (?, 'clean')", RUN);
        runs.change(RUN, RunStatus.VERIFYING, RunStatus.COMPLETED, null);
        runs.change(RUN, RunStatus.COMPLETED, RunStatus.RUNNING, null);
        runs.change(RUN, RunStatus.RUNNING, RunStatus.VERIFYING, null);
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding)
                SELECT id, 'accepted', 'conversation', 'CN1', 'OpenPhone refuses it' FROM verifications
                """);
        runs.change(RUN, RunStatus.VERIFYING, RunStatus.COMPLETED, null);
        runs.change(RUN, RunStatus.COMPLETED, RunStatus.RUNNING, null);
        runs.change(RUN, RunStatus.RUNNING, RunStatus.FAILED, "2 messages are missing");
        runs.change(RUN, RunStatus.FAILED, RunStatus.RUNNING, null);
        runs.change(RUN, RunStatus.RUNNING, RunStatus.CANCELLED, "Cancelled by an operator");
        passes(1);

        assertThat(receiver.posts().stream().map(post -> post.document().path("type").asText())).containsExactly(
                "run.completed",
                "run.completed-with-exceptions", "run.failed", "run.cancelled");
        assertThat(receiver.posts().stream().map(post -> post.document().at("/data/sentence").asText())).anyMatch(
                sentence -> sentence.equals("The historical import has failed: 2 messages are missing."));
        assertThat(bench.mails().texts()).hasSize(4);
    }

    @Test
    @Landing
    void a_refused_key_waits_for_a_person_and_is_told_but_what_an_operator_paused_is_not() {
        bench.startClock();
        bench.openPhone().intercept(request -> request.path().equals("/v1/calls") ? Fault.status(401) : Fault.none());
        var id = bench.start("{}").toString();

        bench.soon().until(() -> receiver.posts("run.waiting").size() == 1);
        assertThat(receiver.posts("run.waiting").getFirst().document().at("/data/sentence").asText())
                .startsWith("The historical import waits for a person: OpenPhone answered 401 to GET /v1/calls")
                .contains("Set it as OPENPHONE_API_KEY, then resume or retry the run");

        bench.invoke("keep-runs", "{\"action\":\"cancel\",\"runId\":\"" + id + "\"}");
        bench.soon().until(() -> bench.run(UUID.fromString(id)).text("status").equals("cancelled"));
        bench.stopClock();
        run("running");
        RestAssured.post("/api/runs/" + RUN + "/pause").then().statusCode(200);
        passes(2);
        assertThat(receiver.posts(RUN.toString())).isEmpty();
    }

    @Test
    @Landing
    void what_is_noted_while_the_receiver_is_away_comes_once_when_it_is_back_and_mail_does_not_wait_for_it() {
        receiver.close();
        notices.noteTest();
        courier.deliver();

        assertThat(bench.mails().texts()).hasSize(1);
        var away = api();
        assertThat(away.getString("trouble"))
                .isEqualTo("The last one could not be delivered by webhook: The receiver cannot be reached "
                        + "(ConnectException). It is tried again automatically.");
        receiver.openAgain();
        passesUntilSettled();
        passes(3);

        assertThat(receiver.posts("test")).hasSize(1);
        assertThat(bench.mails().texts()).hasSize(1);
        assertThat(api().getString("trouble")).isNull();
        assertThat(api().getList("notices[0].deliveries.attempts", Integer.class)).first().isNotEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 302, 400, 503 })
    void an_answer_that_is_no_success_is_tried_again_with_the_same_id_until_it_is_given_up(int status) {
        receiver.answer(status);
        notices.noteTest();
        passesUntilSettled();

        // The first attempt and the delays of the configuration.
        assertThat(receiver.posts("test")).hasSize(4).allMatch(post -> post.path().equals("/hooks/hidden"));
        assertThat(receiver.posts("test").stream().map(NoticeReceiver.Post::id).distinct()).hasSize(1);
        assertThat(receiver.posts("test").stream().map(NoticeReceiver.Post::text).distinct()).hasSize(1);
        assertThat(api().getString("trouble"))
                .isEqualTo("The last one could not be delivered by webhook: The receiver answered "
                        + status + ". It was given up.");
    }

    @Test
    void of_many_who_deliver_at_once_none_sends_what_another_sends() throws Exception {
        IntStream.range(0, 12).forEach(_ -> notices.noteTest());
        try (var threads = Executors.newFixedThreadPool(4)) {
            threads.invokeAll(List.of(this::deliver, this::deliver, this::deliver, this::deliver)).forEach(each -> {
                try {
                    each.get();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }

        assertThat(receiver.posts("test")).hasSize(12);
        assertThat(receiver.posts("test").stream().map(NoticeReceiver.Post::id).distinct()).hasSize(12);
        // The mail server may let one wait for too long; that is mailed again, and no other.
        passesUntilSettled();
        assertThat(rows.size("notice_deliveries WHERE channel = 'mail' AND delivered_at IS NOT NULL")).isEqualTo(12);
        assertThat(bench.mails().texts()).hasSizeBetween(12, (int) rows.count(
                "SELECT sum(attempts) FROM notice_deliveries WHERE channel = 'mail'"));
    }

    private Void deliver() {
        courier.deliver();
        return null;
    }

    @Test
    void what_a_process_took_and_did_not_send_is_sent_by_another() {
        notices.noteTest();
        rows.execute("""
                INSERT INTO notice_deliveries (notice_id, channel, attempts, due_at)
                SELECT id, 'webhook', 1, clock_timestamp() + interval '1 minute' FROM notices
                """);
        passes(2);
        assertThat(receiver.posts("test")).isEmpty();

        rows.execute("UPDATE notice_deliveries SET due_at = due_at - interval '1 minute' WHERE delivered_at IS NULL");
        passes(2);
        assertThat(receiver.posts("test")).hasSize(1);
    }

    @Test
    void a_day_without_a_run_is_told_once_and_the_next_one_once_more_but_not_while_a_run_reads() {
        run("completed");
        age("27 hours");
        IntStream.range(0, 3).forEach(_ -> overdue());
        assertThat(receiver.posts("run.overdue")).singleElement().satisfies(post -> assertThat(
                post.document().at("/data/sentence").asText()).contains(", 27 hours ago."));

        age("26 hours");
        overdue();
        assertThat(receiver.posts("run.overdue")).hasSize(2);

        age("26 hours");
        rows.execute("UPDATE import_runs SET status = 'running'");
        overdue();
        assertThat(receiver.posts("run.overdue")).hasSize(2);

        rows.execute("UPDATE import_runs SET status = 'paused'");
        overdue();
        assertThat(receiver.posts("run.overdue")).hasSize(3);
    }

    @Test
    void a_workspace_that_was_never_imported_and_one_that_is_fresh_are_not_overdue() {
        overdue();
        run("completed");
        age("25 hours");
        overdue();
        age("30 hours");
        rows.execute(
                "INSERT INTO list_records (list, read) VALUES ('conversations', tstzmultirange(tstzrange(NULL, clock_timestamp())))");
        overdue();

        assertThat(receiver.posts()).isEmpty();
    }

    private void overdue() {
        notices.noteOverdue(Duration.ofHours(26));
        courier.deliver();
    }

    private void age(String time) {
        rows.execute("UPDATE import_runs SET created_at = created_at - CAST(? AS interval)", time);
    }

    @Test
    void what_happened_before_a_channel_was_configured_is_not_told_by_it() {
        rows.execute("DELETE FROM notice_channels WHERE channel = 'mail'");
        notices.noteTest();
        passes(2);

        assertThat(receiver.posts("test")).hasSize(1);
        assertThat(bench.mails().texts()).isEmpty();
    }

    @Test
    @Landing
    void the_api_and_the_page_say_where_notices_go_and_send_a_test_but_show_no_secret() {
        RestAssured.post("/api/notices/test").then().statusCode(200);
        passes(1);

        assertThat(receiver.posts("test")).hasSize(1);
        var host = receiver.url().replace("/hooks/hidden", "");
        assertThat(api().getString("sentence"))
                .isEqualTo("Notices go to " + host + " by webhook, and to ops@example.com by mail.");
        bench.soon().untilAsserted(() -> assertThat(RestAssured.get("/").asString())
                .contains("Notices go to " + host + " by webhook, and to ops@example.com by mail.", "/notices/test"));
        assertThat(RestAssured.get("/").asString() + RestAssured.get("/api/notices").asString()).doesNotContain("/hooks",
                NoticeReceiver.SECRET.substring(6));
    }

    @Test
    @Landing
    void where_nothing_is_configured_the_api_and_the_page_say_how_and_no_test_is_sent() {
        rows.execute("DELETE FROM notice_channels");

        assertThat(api().getBoolean("configured")).isFalse();
        bench.soon().untilAsserted(() -> assertThat(RestAssured.get("/").asString())
                .contains("Notices are not configured: with NOTIFY_WEBHOOK_URL").doesNotContain("/notices/test"));
        RestAssured.post("/api/notices/test").then().statusCode(409);
    }

    private void run(String status) {
        rows.execute(
                "INSERT INTO import_runs (id, type, status, window_from, key_hash) VALUES (?, 'historical', ?, '2020-01-01', 'hash')",
                RUN, status);
    }

    private void passes(int count) {
        IntStream.range(0, count).forEach(_ -> courier.deliver());
    }

    private void passesUntilSettled() {
        bench.soon().until(() -> {
            courier.deliver();
            return rows.size("notice_deliveries WHERE delivered_at IS NULL AND given_up_at IS NULL") == 0;
        });
    }

    private static JsonPath api() {
        return RestAssured.get("/api/notices").jsonPath();
    }

    /** As the specification of Standard Webhooks has it, for a receiver. */
    private static String signature(NoticeReceiver.Post post) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(NoticeReceiver.SECRET.substring("whsec_".length())),
                "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(
                (post.id() + "." + post.timestamp() + "." + post.text()).getBytes(StandardCharsets.UTF_8)));
    }
}
