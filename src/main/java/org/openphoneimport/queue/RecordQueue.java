package org.openphoneimport.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;

import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A queue and its dead-letter queue. */
public final class RecordQueue {

    private static final Logger LOG = Logger.getLogger(RecordQueue.class);

    // A limit of SendMessageBatch.
    private static final int ENTRIES = 10;

    // A limit of SQS.
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final SqsClient sqs;
    private final String name;
    private final Optional<String> url;
    private final Optional<String> deadLettersUrl;

    /** @param name as people know it, such as {@code import}; {@code IMPORT_QUEUE_URL} leads to it */
    public RecordQueue(SqsClient sqs, String name, Optional<String> url, Optional<String> deadLettersUrl) {
        this.sqs = sqs;
        this.name = name;
        this.url = url;
        this.deadLettersUrl = deadLettersUrl;
    }

    public String name() {
        return name;
    }

    /** Throws when the queue cannot be reached or is not there. */
    public void check() {
        sqs.getQueueAttributes(request -> request.queueUrl(url())
                .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /**
     * Sends records, ten a request.
     *
     * @param bodies by ids of at most 80 letters, digits and hyphens
     * @return the ids of those that the queue has taken: SQS may refuse some of a request that succeeds
     */
    public Set<String> send(Map<String, String> bodies, Duration delay) {
        var entries = new ArrayList<SendMessageBatchRequestEntry>();
        bodies.forEach((id, body) -> entries.add(SendMessageBatchRequestEntry.builder().id(id).messageBody(body)
                .delaySeconds((int) (delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY).toSeconds()).build()));
        var taken = new HashSet<String>();
        for (int from = 0; from < entries.size(); from += ENTRIES) {
            taken.addAll(sendTogether(entries.subList(from, Math.min(entries.size(), from + ENTRIES))));
        }
        return taken;
    }

    private Set<String> sendTogether(List<SendMessageBatchRequestEntry> entries) {
        var answer = sqs.sendMessageBatch(request -> request.queueUrl(url()).entries(entries));
        answer.failed().forEach(entry -> LOG.warnf("The %s queue refused record %s: %s %s; it will be sent again", name,
                entry.id(), entry.code(), entry.message()));
        var taken = new HashSet<String>();
        answer.successful().forEach(entry -> taken.add(entry.id()));
        return taken;
    }

    /** Sends a record as it once was. */
    public void sendBody(String body) {
        sqs.sendMessage(request -> request.queueUrl(url()).messageBody(body));
    }

    /** Takes some records off the dead-letter queue; none when there is no such queue. */
    public List<Message> receiveDead() {
        return deadLettersUrl.map(dead -> sqs.receiveMessage(request -> request.queueUrl(dead)
                .maxNumberOfMessages(ENTRIES).visibilityTimeout(60)).messages()).orElse(List.of());
    }

    public void deleteDead(Message record) {
        deadLettersUrl.ifPresent(
                dead -> sqs.deleteMessage(request -> request.queueUrl(dead).receiptHandle(record.receiptHandle())));
    }

    private String url() {
        return url.orElseThrow(() -> new IllegalStateException(
                "No %s queue: set %s_QUEUE_URL".formatted(name, name.toUpperCase(Locale.ROOT))));
    }
}
