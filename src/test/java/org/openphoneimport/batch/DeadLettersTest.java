package org.openphoneimport.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;

import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that nobody can handle leave the queue after five receives, and everything else is unharmed. */
@QuarkusTest
@Landing
class DeadLettersTest {

    private final Bench bench = Bench.get();

    @Inject
    DeadLetters deadLetters;

    @BeforeEach
    void reset() {
        bench.reset();
        returnAfter(1);
    }

    @AfterEach
    void returnAsUsual() {
        returnAfter(1800);
    }

    @Test
    void poisoned_records_become_dead_letters_and_are_sent_back_by_one_call() {
        var unknownRun = "{\"runId\":\"%s\",\"batchId\":\"%s\"}".formatted(UUID.randomUUID(), UUID.randomUUID());
        var run = bench.importAll();
        var unknownBatch = "{\"runId\":\"%s\",\"batchId\":\"%s\"}".formatted(run.text("id"), UUID.randomUUID());
        var poison = List.of("no json", unknownRun, unknownBatch);
        poison.forEach(this::send);

        var second = bench.importAll();

        assertThat(second.text("status")).isEqualTo("completed");
        awaitDeadLetters(3);
        assertThat(bench.database().rows("SELECT body, reason, queue FROM dead_letters")).allSatisfy(letter -> {
            assertThat(letter.text("queue")).isEqualTo("import");
            assertThat(letter.text("reason")).isEqualTo(switch (poison.indexOf(letter.text("body"))) {
                case 0 -> "It is not a batch record: Unrecognized token 'no': was expecting (JSON String, Number, Array, "
                        + "Object or token 'null', 'true' or 'false')";
                case 1 -> "There is no run " + unknownRun.substring(10, 46);
                default -> "Run " + run.text("id") + " has no batch " + unknownBatch.substring(59, 95);
            });
        });

        assertThat(deadLetters.sendAllBack()).isEqualTo(3);

        assertThat(bench.database().size("dead_letters WHERE sent_back_at IS NOT NULL")).isEqualTo(3);
        assertThat(bench.queues().size(bench.queues().importUrl())).isEqualTo(3);
        assertThat(deadLetters.sendBack(bench.database().row("""
                SELECT id FROM dead_letters WHERE sent_back_at IS NOT NULL LIMIT 1
                """).uuid("id"))).isFalse();
    }

    private void awaitDeadLetters(int count) {
        bench.soon().atMost(Duration.ofSeconds(60)).until(() -> bench.database().size("dead_letters") == count);
        assertThat(bench.queues().size(bench.queues().importDeadLettersUrl())).isZero();
    }

    private void send(String body) {
        bench.queues().sqs().sendMessage(request -> request.queueUrl(bench.queues().importUrl()).messageBody(body));
    }

    private void returnAfter(int seconds) {
        bench.queues().sqs().setQueueAttributes(request -> request.queueUrl(bench.queues().importUrl())
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(seconds))));
    }
}
