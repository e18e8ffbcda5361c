package org.openphoneimport.batch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.queue.RecordQueue;
import org.openphoneimport.run.ImportConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue that batches travel. */
@ApplicationScoped
public class ImportQueue {

    private final RecordQueue records;
    private final ObjectMapper mapper;

    ImportQueue(SqsClient sqs, ImportConfig config, ObjectMapper mapper) {
        this.records = new RecordQueue(sqs, "import", config.queueUrl(), config.dlqUrl());
        this.mapper = mapper;
    }

    /** Throws when the queue cannot be reached or is not there. */
    public void check() {
        records.check();
    }

    /**
     * Sends records, ten a request.
     *
     * @return the ids of the batches whose records the queue has taken: SQS may refuse some of a request that succeeds
     */
    Set<UUID> send(List<BatchRecord> batches, Duration delay) {
        var bodies = new LinkedHashMap<String, String>();
        batches.forEach(batch -> bodies.put(batch.batchId().toString(), body(batch)));
        return records.send(bodies, delay).stream().map(UUID::fromString).collect(Collectors.toSet());
    }

    /** As it is on the wire. */
    RecordQueue records() {
        return records;
    }

    private String body(BatchRecord batch) {
        try {
            return mapper.writeValueAsString(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write the record of batch " + batch.batchId() + ": " + e.getMessage(),
                    e);
        }
    }
}
