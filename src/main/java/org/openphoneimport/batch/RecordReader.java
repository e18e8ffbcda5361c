package org.openphoneimport.batch;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads what stands in a record of the import queue. */
@ApplicationScoped
class RecordReader {

    private final ObjectMapper mapper;

    RecordReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    BatchRecord read(@Nullable String body) throws UnreadableRecordException {
        BatchRecord record;
        try {
            record = body == null ? null : mapper.readValue(body, BatchRecord.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException("It is not a batch record: " + e.getOriginalMessage());
        }
        if (record == null || record.runId() == null || record.batchId() == null) {
            throw new UnreadableRecordException("It names no run and batch");
        }
        return record;
    }

    /** A record holds something else than it should. */
    static final class UnreadableRecordException extends Exception {

        private static final long serialVersionUID = 1;

        UnreadableRecordException(String what) {
            super(what);
        }
    }
}
