package org.openphoneimport.local;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaConfig;
import org.openphoneimport.run.ImportConfig;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import software.amazon.awssdk.core.exception.SdkException;
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

    // One record an invocation: a batch is work enough for one, and a slow file keeps no other waiting.
    private static final int RECORDS = 1;

    // The longest that SQS lets a receiver wait.
    private static final int WAIT_SECONDS = 20;

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
    }

    void start(@Observes StartupEvent event) {
        for (var source : sources) {
            source.queue().ifPresent(queue -> {
                for (int worker = 0; worker < source.workers(); worker++) {
                    workers.execute(() -> work(source, queue));
                }
            });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        workers.shutdownNow();
    }

    private void work(Source source, String queue) {
        while (!stopped) {
            try {
                var records = receive(queue);
                if (!records.isEmpty()) {
                    delete(queue, records, failures(source.function(), records));
                }
            } catch (SdkException e) {
                if (!stopped) {
                    LOG.warnf("The %s queue does not answer: %s", source.name(), e.getMessage());
                    pause();
                }
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.errorf(e, "Failed to hand a record to %s", source.function());
                }
            }
        }
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(RECORDS)
                .waitTimeSeconds(WAIT_SECONDS).messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
    }

    /** Ids of the records that stay on the queue. */
    private Set<String> failures(String function, List<Message> records) {
        var event = new SQSEvent();
        event.setRecords(records.stream().map(EventSourceMapping::record).toList());
        var failures = new HashSet<String>();
        if (functions.invoke(function, event) instanceof SQSBatchResponse response) {
            response.getBatchItemFailures().forEach(failure -> failures.add(failure.getItemIdentifier()));
        }
        return failures;
    }

    private void delete(String queue, List<Message> records, Set<String> failures) {
        for (var record : records) {
            if (!failures.contains(record.messageId())) {
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(record.receiptHandle()));
            }
        }
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
