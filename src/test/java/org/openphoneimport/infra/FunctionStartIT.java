package org.openphoneimport.infra;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a start of {@code import-batch} costs without a snapshot. Times are printed, for a quiet machine; memory is held. */
@Tag("chaos")
class FunctionStartIT {

    private static final int STARTS = 5;
    private static final long MOST_MEMORY = 320_000_000;

    /** The batch comes last, to the youngest process. */
    @Test
    void import_batch_starts_in_seconds_and_imports_a_hundred_conversations_in_320_megabytes() throws IOException {
        try (var deployment = new Deployment(100)) {
            deployment.function("start-run").invoke("{\"type\":\"historical\"}");
            deployment.function("start-run").invoke(deployment.aws().nextInvocation().payload());
            deployment.function("start-run").close();
            for (int start : IntStream.rangeClosed(1, STARTS).toArray()) {
                var from = System.nanoTime();
                try (var function = deployment.start("import-batch", "start-" + start, withHeapOf256Megabytes(deployment))) {
                    function.awaitReady();
                    var ready = System.nanoTime();
                    assertThat(function.invoke(Events.sqs("not JSON")).failed()).isFalse();
                    System.out.printf("MEASURED start %d of import-batch: ready after %d ms, first answer after %d ms%n", start,
                            millis(from, ready), millis(from, System.nanoTime()));
                    if (start == STARTS) {
                        importAll(deployment, function);
                    }
                }
            }
        }
    }

    private static void importAll(Deployment deployment, LambdaProcess function) throws IOException {
        var record = deployment.queues().sqs().receiveMessage(request -> request
                .queueUrl(deployment.queues().importUrl()).waitTimeSeconds(5)).messages().getFirst();
        var from = System.nanoTime();

        assertThat(function.invoke(Events.sqs(record.body())).failed()).isFalse();

        var threads = deployment.openPhone().workspace().threads();
        assertThat(deployment.database().ids("messages")).isEqualTo(new TreeSet<>(threads.messageIds()));
        System.out.printf("MEASURED a batch of %d conversations in %d ms, at most %d MB%n", threads.conversationIds().size(),
                millis(from, System.nanoTime()), function.peakMemory() / 1_000_000);
        assertThat(function.peakMemory()).isLessThan(MOST_MEMORY);
    }

    private static Map<String, String> withHeapOf256Megabytes(Deployment deployment) {
        return Map.of("JAVA_TOOL_OPTIONS", deployment.environment("import-batch").get("JAVA_TOOL_OPTIONS") + " -Xmx256m");
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }
}
