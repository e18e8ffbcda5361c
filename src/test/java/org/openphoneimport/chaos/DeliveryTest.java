package org.openphoneimport.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What SQS may do: deliver twice, in any order, late, and refuse what it is sent in an answer that says all is well. */
@OnTheRig
class DeliveryTest {

    private static final SampleWorkspace WORKSPACE = Campaign.workspace(Campaign.size(40, 1000));

    // A record that is lost stays lost: nobody makes up for it in time.
    private static final Conditions EIGHT_WORKERS = Conditions.inAHurry().with("import.workers", "8")
            .with("import.batch-size", "5").with("keep.patience", "10m");

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @Test
    void every_record_may_come_twice_and_in_any_order() {
        long seed = Campaign.seed();
        Campaign.note("deliveries from seed %d".formatted(seed));
        rig.reset(WORKSPACE, EIGHT_WORKERS);
        // Long enough that both records of a batch come while it is being imported, now and then.
        rig.openPhone().intercept(request -> Fault.delayed(Duration.ofMillis(20)));
        var deliveries = new ConcurrentHashMap<String, Integer>();
        rig.queueProxy().meddle(QueueProxy.telling(body -> deliveries.merge(body, 1, Integer::sum),
                QueueProxy.twice(new Random(seed), 2)));
        var run = rig.start();

        rig.awaitEnd(run, Duration.ofMinutes(2));

        rig.soon().atMost(Duration.ofSeconds(30)).until(() -> rig.queues().size(rig.queues().importUrl()) == 0);
        rig.assertExact(run, "seed " + seed);
        assertThat(deliveries).hasSize((int) rig.database().size("import_batches"));
        assertThat(deliveries.values()).allMatch(times -> times >= 2);
    }

    /** Rows that two batches are about are locked in one order, so that nobody waits for somebody who waits. */
    @Test
    @Landing
    void batches_whose_messages_name_conversations_of_others_do_not_lock_each_other_out() {
        rig.reset(WORKSPACE, EIGHT_WORKERS);
        var ids = WORKSPACE.threads().conversationIds().stream().sorted().toList();
        rig.openPhone().intercept(request -> Lists.isOfMessages(request.template())
                ? Fault.changed(page -> naming(page, ids))
                : Fault.none());
        long before = deadlocks();
        var run = rig.start();

        rig.awaitEnd(run, Duration.ofMinutes(2));

        rig.assertExact(run, "messages that name other conversations");
        assertThat(deadlocks()).isEqualTo(before);
    }

    @Test
    @Landing
    void records_that_come_after_the_end_change_nothing_and_ask_for_nothing() {
        rig.reset(WORKSPACE, EIGHT_WORKERS);
        var run = rig.start();
        var before = rig.awaitEnd(run, Duration.ofMinutes(2));
        rig.openPhone().requests().reset();

        var batches = new ArrayList<>(rig.database().rows("SELECT id FROM import_batches"));
        long seed = Campaign.seed();
        Campaign.note("late records from seed %d".formatted(seed));
        Collections.shuffle(batches, new Random(seed));
        batches.forEach(batch -> send(run, batch));

        rig.soon().atMost(Duration.ofSeconds(30)).until(() -> rig.queues().size(rig.queues().importUrl()) == 0);
        assertThat(rig.run(run).columns()).isEqualTo(before.columns());
        assertThat(rig.openPhone().requests().all()).isEmpty();
        rig.assertExact(run, "late records");
    }

    @Test
    @Thorough
    void entries_that_the_queue_refuses_in_a_success_are_sent_again() {
        long seed = Campaign.seed();
        Campaign.note("refusals from seed %d".formatted(seed));
        rig.reset(WORKSPACE, EIGHT_WORKERS);
        var refused = new ArrayList<String>();
        var refusing = QueueProxy.refusing(new Random(seed), 0.5);
        rig.queueProxy().meddle((call, queue) -> {
            var answer = refusing.meddle(call, queue);
            if (answer != null && call.is("SendMessageBatch")) {
                synchronized (refused) {
                    answer.document().path("Failed").forEach(entry -> refused.add(entry.path("Id").asText()));
                }
            }
            return answer;
        });
        var run = rig.start();

        rig.awaitEnd(run, Duration.ofMinutes(2));

        assertThat(refused).isNotEmpty();
        rig.assertExact(run, "seed " + seed);
    }

    /** Lets each message say that it belongs to some conversation or other. */
    private static JsonNode naming(JsonNode page, List<String> ids) {
        page.path("data").forEach(message -> ((ObjectNode) message).put("conversationId",
                ids.get(Math.floorMod(message.path("id").asText().hashCode(), ids.size()))));
        return page;
    }

    private long deadlocks() {
        rig.database().rows("SELECT pg_stat_clear_snapshot()");
        return rig.database().count("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'");
    }

    private void send(UUID run, Row batch) {
        rig.queues().sqs().sendMessage(request -> request.queueUrl(rig.queues().importUrl())
                .messageBody("{\"runId\":\"%s\",\"batchId\":\"%s\"}".formatted(run, batch.text("id"))));
    }
}
