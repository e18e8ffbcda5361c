package org.openphoneimport.local;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.openphoneimport.batch.ImportConfig;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Does what Lambda's event source mapping for SQS does: takes records off the import queue, hands them to import-batch, removes
 * those that it does not report as failed. The others become visible again when their time is over.
 */
@ApplicationScoped
public class EventSourceMapping {

    private static final Logger LOG = Logger.getLogger(EventSourceMapping.class);

    // One record an invocation, as in the template: a batch is work enough for one.
    private static final int RECORDS = 1;

    // The longest that SQS lets a receiver wait.
    private static final int WAIT_SECONDS = 20;

    private final SqsClient sqs;
    private final ImportConfig config;
    private final LocalFunctions functions;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    EventSourceMapping(SqsClient sqs, ImportConfig config, LocalFunctions functions) {
        this.sqs = sqs;
        this.config = config;
        this.functions = functions;
    }

    void start(@Observes StartupEvent event) {
        for (int worker = 0; worker < config.workers(); worker++) {
            workers.execute(this::work);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        workers.shutdownNow();
    }

    private void work() {
        var queue = config.queueUrl().orElseThrow();
        while (!stopped) {
            try {
                var records = receive(queue);
                if (!records.isEmpty()) {
                    delete(queue, records, failures(records));
                }
            } catch (SdkException e) {
                if (!stopped) {
                    LOG.warnf("The import queue does not answer: %s", e.getMessage());
                    pause();
                }
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.errorf(e, "Failed to import a batch");
                }
            }
        }
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(RECORDS)
                .waitTimeSeconds(WAIT_SECONDS).messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
    }

    /** Ids of the records that stay on the queue. */
    private Set<String> failures(List<Message> records) {
        var event = new SQSEvent();
        event.setRecords(records.stream().map(EventSourceMapping::record).toList());
        var failures = new HashSet<String>();
        if (functions.invoke("import-batch", event) instanceof SQSBatchResponse response) {
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
