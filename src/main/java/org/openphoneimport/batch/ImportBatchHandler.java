package org.openphoneimport.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Named;

import org.jboss.logging.Logger;
import org.openphoneimport.database.DatabaseAway;
import org.openphoneimport.invocation.Invoked;
import org.openphoneimport.invocation.LogContext;
import org.openphoneimport.run.ImportConfig;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import software.amazon.awssdk.core.exception.SdkException;

/** import-batch: takes records off the import queue. One record's failure is one record's failure. */
@Named("import-batch")
@Invoked
public class ImportBatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private static final Logger LOG = Logger.getLogger(ImportBatchHandler.class);

    private final Importer importer;
    private final ImportQueue queue;
    private final RecordReader reader;
    private final ImportConfig config;
    private final Clock clock;

    ImportBatchHandler(Importer importer, ImportQueue queue, RecordReader reader, ImportConfig config, Clock clock) {
        this.importer = importer;
        this.queue = queue;
        this.reader = reader;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var failures = new ArrayList<SQSBatchResponse.BatchItemFailure>();
        for (var record : event.getRecords()) {
            if (!handle(record, deadline(context))) {
                failures.add(new SQSBatchResponse.BatchItemFailure(record.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private boolean handle(SQSEvent.SQSMessage record, Instant deadline) {
        BatchRecord batch;
        try {
            batch = reader.read(record.getBody());
        } catch (RecordReader.UnreadableRecordException e) {
            LOG.errorf("Failed to read record %s of the import queue: %s", record.getMessageId(), e.getMessage());
            return false;
        }
        LogContext.run(batch.runId());
        try {
            importer.handle(batch, deadline);
            return true;
        } catch (UnknownBatchException e) {
            LOG.errorf("Failed to import record %s: %s", record.getMessageId(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.infof("Batch %s of run %s was interrupted; it goes on later", batch.batchId(), batch.runId());
                return false;
            }
            if (!DatabaseAway.isReasonOf(e)) {
                LOG.errorf(e, "Failed to import batch %s of run %s", batch.batchId(), batch.runId());
                return false;
            }
            return sendAgain(batch);
        }
    }

    /** The queue needs no database: the record is replaced by one that comes later, and has cost no receive. */
    private boolean sendAgain(BatchRecord batch) {
        var delay = config.databaseReturn();
        LOG.warnf("The database does not answer; batch %s of run %s is sent again in %d s", batch.batchId(), batch.runId(),
                delay.toSeconds());
        try {
            return !queue.send(List.of(batch), delay).isEmpty();
        } catch (SdkException e) {
            LOG.warnf("Nor does the queue: %s", e.getMessage());
            return false;
        }
    }

    /** Stops asking in good time: what is in flight then has to be stored, and the rest handed back. */
    private Instant deadline(Context context) {
        var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
        var margin = remaining.dividedBy(4);
        var longest = Duration.ofSeconds(20);
        return clock.instant().plus(remaining).minus(margin.compareTo(longest) < 0 ? margin : longest);
    }
}
