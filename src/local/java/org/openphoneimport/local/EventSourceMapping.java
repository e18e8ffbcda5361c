package org.openphoneimport.local;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaConfig;
import org.openphoneimport.run.ImportConfig;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Does what Lambda's event source mapping for SQS does: takes records off a queue, hands them to its function, removes those
 * that it does not report as failed. The others become visible again when their time is over.
 */
@ApplicationScoped
public class EventSourceMapping {

    private static final Logger LOG = Logger.getLogger(EventSourceMapping.class);

    // The most that SQS gives at once. Each record is an invocation: a batch is work enough for one, and a slow file keeps no other
    // waiting.
    private static final int RECORDS = 10;

    // ElasticMQ sometimes forgets a receiver that waits, and with it what is sent meanwhile waits for the next one.
    private static final int WAIT_SECONDS = 2;

    private final SqsClient sqs;
    private final List<Source> sources;
    private final LocalFunctions functions;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    EventSourceMapping(SqsClient sqs, ImportConfig imports, MediaConfig media, LocalFunctions functions) {
        this.sqs = sqs;
        this.sources = List.of(
                new Source("import", imports.queueUrl(), "import-batch", imports.workers()),
                new Source("media", media.queueUrl(), "download-media", media.workers()));
        this.functions = functions;
    }

    /**
     * A queue and who takes its records.
     *
     * @param workers invocations at the same time
     */
    private record Source(String name, Optional<String> queue, String function, int workers) {

        Source {
            // Without one, all would wait for ever.
            if (workers < 1) {
                throw new IllegalArgumentException(
                        "%s_WORKERS must be 1 or more, not %d".formatted(name.toUpperCase(Locale.ROOT), workers));
            }
        }
    }

    void start(@Observes StartupEvent event) {
        for (var source : sources) {
            source.queue().ifPresent(queue -> workers.execute(() -> poll(source, queue)));
        }
    }

    /** Before functions end, which it would take for failures. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        stopped = true;
        workers.shutdownNow();
    }

    /** Takes no more records than there are workers without one: what waits here could be another process's. */
    private void poll(Source source, String queue) {
        var idle = new Semaphore(source.workers());
        while (!stopped) {
            idle.acquireUninterruptibly();
            int free = 1 + idle.drainPermits();
            List<Message> records = List.of();
            try {
                records = receive(queue, Math.min(free, RECORDS));
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.warnf("The %s queue does not answer: %s", source.name(), e.getMessage());
                    pause();
                }
            } finally {
                idle.release(free - records.size());
            }
            for (var record : records) {
                hand(source, queue, record, idle);
            }
        }
    }

    private void hand(Source source, String queue, Message record, Semaphore idle) {
        try {
            workers.execute(() -> {
                try {
                    work(source, queue, record);
                } finally {
                    idle.release();
                }
            });
        } catch (RejectedExecutionException e) {
            // It is stopping; the record becomes visible again.
        }
    }

    private List<Message> receive(String queue, int records) {
        return sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(records)
                .waitTimeSeconds(WAIT_SECONDS).messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
    }

    private void work(Source source, String queue, Message record) {
        try {
            if (succeeds(source.function(), record)) {
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(record.receiptHandle()));
            }
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.errorf(e, "Failed to hand a record to %s", source.function());
            }
        }
    }

    /** What the function reports as failed stays on the queue. */
    private boolean succeeds(String function, Message record) {
        var event = new SQSEvent();
        event.setRecords(List.of(record(record)));
        return !(functions.invoke(function, event) instanceof SQSBatchResponse response)
                || response.getBatchItemFailures().stream()
                        .noneMatch(failure -> failure.getItemIdentifier().equals(record.messageId()));
    }

    private static SQSEvent.SQSMessage record(Message message) {
        var record = new SQSEvent.SQSMessage();
        record.setMessageId(message.messageId());
        record.setReceiptHandle(message.receiptHandle());
        record.setBody(message.body());
        record.setAttributes(message.attributesAsStrings());
        record.setEventSource("aws:sqs");
        return record;
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
