package org.openphoneimport.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The queue that batches travel. */
@ApplicationScoped
public class ImportQueue {

    private static final Logger LOG = Logger.getLogger(ImportQueue.class);

    // A limit of SendMessageBatch.
    private static final int ENTRIES = 10;

    // A limit of SQS.
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final SqsClient sqs;
    private final ImportConfig config;
    private final ObjectMapper mapper;

    ImportQueue(SqsClient sqs, ImportConfig config, ObjectMapper mapper) {
        this.sqs = sqs;
        this.config = config;
        this.mapper = mapper;
    }

    /** Throws when the queue cannot be reached or is not there. */
    public void check() {
        sqs.getQueueAttributes(request -> request.queueUrl(url())
                .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /**
     * Sends records, ten a request.
     *
     * @return the ids of the batches whose records the queue has taken: SQS may refuse some of a request that succeeds
     */
    Set<UUID> send(List<BatchRecord> records, Duration delay) {
        var taken = new HashSet<UUID>();
        for (int from = 0; from < records.size(); from += ENTRIES) {
            taken.addAll(sendTogether(records.subList(from, Math.min(records.size(), from + ENTRIES)), delay));
        }
        return taken;
    }

    private Set<UUID> sendTogether(List<BatchRecord> records, Duration delay) {
        var entries = new ArrayList<SendMessageBatchRequestEntry>();
        for (var batch : records) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(batch.batchId().toString())
                    .messageBody(body(batch))
                    .delaySeconds((int) (delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY).toSeconds())
                    .build());
        }
        var answer = sqs.sendMessageBatch(request -> request.queueUrl(url()).entries(entries));
        answer.failed().forEach(entry -> LOG.warnf("The import queue refused batch %s: %s %s; it will be sent again",
                entry.id(), entry.code(), entry.message()));
        var taken = new HashSet<UUID>();
        answer.successful().forEach(entry -> taken.add(UUID.fromString(entry.id())));
        return taken;
    }

    private String body(BatchRecord batch) {
        try {
            return mapper.writeValueAsString(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write the record of batch " + batch.batchId() + ": " + e.getMessage(),
                    e);
        }
    }

    /** Sends a record as it once was. */
    void sendBody(String body) {
        sqs.sendMessage(request -> request.queueUrl(url()).messageBody(body));
    }

    /** Takes some records off the dead-letter queue; none when there is no such queue. */
    List<Message> receiveDead() {
        return config.dlqUrl().map(dead -> sqs.receiveMessage(request -> request.queueUrl(dead)
                .maxNumberOfMessages(ENTRIES).visibilityTimeout(60)).messages()).orElse(List.of());
    }

    void deleteDead(Message record) {
        config.dlqUrl().ifPresent(
                dead -> sqs.deleteMessage(request -> request.queueUrl(dead).receiptHandle(record.receiptHandle())));
    }

    private String url() {
        return config.queueUrl().orElseThrow(() -> new IllegalStateException("No import queue: set IMPORT_QUEUE_URL"));
    }
}
