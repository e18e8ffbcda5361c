package org.openphoneimport.media;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.queue.RecordQueue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue that files to be downloaded travel. */
@ApplicationScoped
public class MediaQueue {

    private final RecordQueue records;
    private final ObjectMapper mapper;

    MediaQueue(SqsClient sqs, MediaConfig config, ObjectMapper mapper) {
        this.records = new RecordQueue(sqs, "media", config.queueUrl(), config.dlqUrl());
        this.mapper = mapper;
    }

    /** Throws when the queue cannot be reached or is not there. */
    public void check() {
        records.check();
    }

    /** As it is on the wire. */
    public RecordQueue records() {
        return records;
    }

    /** Sends records of files; returns those that the queue has taken. */
    Set<Long> send(Collection<Long> files, Duration delay) {
        var bodies = new LinkedHashMap<String, String>();
        files.forEach(file -> bodies.put(file.toString(), body(new MediaRecord(file))));
        return records.send(bodies, delay).stream().map(Long::valueOf).collect(Collectors.toSet());
    }

    /** Reads what stands in a record. */
    public MediaRecord read(@Nullable String body) throws UnreadableRecordException {
        try {
            var record = body == null ? null : mapper.readTree(body);
            if (record != null && record.path("mediaId").isIntegralNumber()) {
                return mapper.treeToValue(record, MediaRecord.class);
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException("It is not a media record: " + e.getOriginalMessage());
        }
        throw new UnreadableRecordException("It names no file");
    }

    private String body(MediaRecord record) {
        try {
            return mapper.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write the record of file " + record.mediaId() + ": " + e.getMessage(),
                    e);
        }
    }

    /** A record holds something else than it should. */
    public static final class UnreadableRecordException extends Exception {

        private static final long serialVersionUID = 1;

        UnreadableRecordException(String what) {
            super(what);
        }
    }
}
