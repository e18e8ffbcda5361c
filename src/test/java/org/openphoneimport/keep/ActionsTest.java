package org.openphoneimport.keep;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.OwnRows;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an operator does to a run, and what must not get lost by it. */
@QuarkusTest
class ActionsTest {

    private final Bench bench = Bench.get();

    @Inject
    Actions actions;

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void records_that_were_lost_while_a_run_was_paused_are_sent_again_when_it_is_resumed() {
        var id = pausedRun();
        bench.queues().empty();
        // As if somebody had noted them after they were dropped.
        bench.database().execute("UPDATE import_batches SET sent_at = clock_timestamp()");

        actions.resume(id);

        assertThat(bench.awaitEnd(id).text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(bench.workspace().threads().messageIds()));
    }

    @Test
    @Landing
    void a_cancelled_run_asks_for_nothing_more_and_cannot_be_resumed() {
        var id = pausedRun();
        actions.cancel(id);
        int asked = bench.openPhone().requests().count();

        assertThatThrownBy(() -> actions.resume(id)).isInstanceOf(ActionRefusedException.class)
                .hasMessage("The run is cancelled; only one that is paused can become running");
        bench.soon().until(() -> bench.queues().size(bench.queues().importUrl()) == 0);
        assertThat(bench.openPhone().requests().count()).isEqualTo(asked);
    }

    /** Its workers lock these rows and then the run: a retry that does so, too, and then is refused would stop one of them. */
    @Test
    @Timeout(30)
    void a_run_that_is_running_is_not_tried_again_and_nothing_of_it_is_locked() {
        var id = bench.importAll().uuid("id");
        bench.stopClock();
        bench.database().execute("UPDATE import_runs SET status = 'running'");
        bench.database().execute("UPDATE import_conversations SET status = 'failed'");
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                rows.execute("UPDATE import_conversations SET status = 'pending'");

                assertThatThrownBy(() -> actions.retry(id)).isInstanceOf(ActionRefusedException.class)
                        .hasMessage("The run is running; only one that is completed or failed can become running");
            });
        } finally {
            bench.startClock();
        }
    }

    @Test
    @Thorough
    void a_retry_of_a_run_that_a_later_one_has_overtaken_counts_each_row_once() {
        var thread = longThread();
        bench.openPhone().intercept(request -> isLaterPageOf(thread, request) ? Fault.status(500) : Fault.none());
        var first = bench.importAll();
        assertThat(first.text("status")).isEqualTo("failed");
        bench.openPhone().intercept(request -> Fault.none());
        assertThat(bench.importAll().text("status")).isEqualTo("completed");
        // By now nobody knows the page token any more.
        var refused = new AtomicBoolean();
        bench.openPhone().intercept(request -> isLaterPageOf(thread, request) && refused.compareAndSet(false, true)
                ? Fault.status(400)
                : Fault.none());

        actions.retry(first.uuid("id"));

        var retried = bench.awaitEnd(first.uuid("id"));
        assertThat(retried.text("status")).as(retried.text("reason")).isEqualTo("completed");
        assertThat(retried.number("processed_messages")).isEqualTo(bench.database().size("messages"));
        assertThat(retried.number("processed_calls")).isEqualTo(bench.database().size("calls"));
        assertThat(retried.number("processed_conversations")).isEqualTo(bench.database().size("conversations"));
    }

    @Test
    void an_issue_of_a_conversation_that_another_stands_for_can_be_tried_again() {
        var run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_stage, listed_at, processed_conversations)
                VALUES ('historical', 'failed', now(), 'hash', 'done', now(), 2) RETURNING id
                """).uuid("id");
        var batch = bench.database().row("""
                INSERT INTO import_batches (run_id, number, status) VALUES (?, 1, 'failed') RETURNING id
                """, run).uuid("id");
        bench.database().execute("""
                INSERT INTO import_conversations (run_id, conversation_id, batch_id, status, same_thread_as)
                VALUES (?, 'CN1', ?, 'failed', NULL), (?, 'CN2', ?, 'failed', 'CN1')
                """, run, batch, run, batch);
        long issue = bench.database().row("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what)
                VALUES (?, 'error', 'batch', 'conversation', 'CN2', 'Not imported') RETURNING id
                """, run).number("id");

        // Nobody sends the batch, so that no worker finds its conversations gone.
        bench.database().execute("""
                INSERT INTO keep_leases (task, lease_until) VALUES ('send', clock_timestamp() + interval '1 minute')
                ON CONFLICT (task) DO UPDATE SET lease_until = excluded.lease_until
                """);

        actions.retryIssue(run, issue);

        assertThat(bench.database().size("import_conversations WHERE status = 'pending'")).isEqualTo(2);
        assertThat(bench.run(run).text("status")).isEqualTo("running");
        bench.database().execute("UPDATE keep_leases SET lease_until = clock_timestamp()");
    }

    @Test
    @Landing
    void an_invocation_stands_in_the_log_with_the_name_that_it_gives() {
        var id = pausedRun();

        bench.invoke("keep-runs", "{\"action\":\"cancel\",\"runId\":\"%s\",\"by\":\"the deployment\"}".formatted(id));
        bench.invoke("keep-runs", "{\"action\":\"resume\",\"runId\":\"%s\"}".formatted(id));

        assertThat(bench.database().rows("SELECT what FROM import_events WHERE kind = 'press' ORDER BY id").stream()
                .map(row -> row.text("what"))).containsExactly("the deployment pressed \"cancel\"",
                        "keep-runs pressed \"resume\" in vain: The run is cancelled; only one that is paused can become running");
    }

    private UUID pausedRun() {
        bench.openPhone().intercept(request -> Fault.delayed(Duration.ofMillis(20)));
        var id = bench.start("{}");
        bench.soon().until(() -> bench.run(id).number("processed_messages") > 0);
        actions.pause(id);
        bench.soon().until(() -> bench.database().size("import_batches WHERE lease_owner IS NOT NULL") == 0);
        return id;
    }

    private SampleConversation longThread() {
        var sizes = bench.workspace().threads().messages().stream()
                .collect(Collectors.groupingBy(SampleMessage::conversationId, Collectors.counting()));
        return bench.workspace().threads().conversations().stream()
                .max(Comparator.comparing(conversation -> sizes.getOrDefault(conversation.id(), 0L))).orElseThrow();
    }

    private static boolean isLaterPageOf(SampleConversation thread, SampleRequest request) {
        return request.path().equals("/v1/messages") && request.parameter("pageToken").isPresent()
                && thread.participants().equals(request.parameters().get("participants"))
                && request.parameter("phoneNumberId").orElse("").equals(thread.phoneNumberId());
    }
}
