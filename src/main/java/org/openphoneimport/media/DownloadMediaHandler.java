package org.openphoneimport.media;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Named;

import org.jboss.logging.Logger;
import org.openphoneimport.database.DatabaseAway;
import org.openphoneimport.invocation.Invoked;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** download-media: takes records off the media queue, all at the same time. One record's failure is one record's failure. */
@Named("download-media")
@Invoked
public class DownloadMediaHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private static final Logger LOG = Logger.getLogger(DownloadMediaHandler.class);

    // The longest that is kept free before the time limit, to say how a download ended.
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Downloader downloader;
    private final MediaQueue queue;
    private final MediaSender sender;
    private final MediaConfig config;
    private final Clock clock;

    DownloadMediaHandler(Downloader downloader, MediaQueue queue, MediaSender sender, MediaConfig config, Clock clock) {
        this.downloader = downloader;
        this.queue = queue;
        this.sender = sender;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var deadline = deadline(context);
        var failures = new ArrayList<SQSBatchResponse.BatchItemFailure>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var handled = event.getRecords().stream()
                    .map(record -> threads.submit(() -> handle(record, deadline))).toList();
            for (int i = 0; i < handled.size(); i++) {
                if (!succeeded(handled.get(i))) {
                    failures.add(new SQSBatchResponse.BatchItemFailure(event.getRecords().get(i).getMessageId()));
                }
            }
        }
        return new SQSBatchResponse(failures);
    }

    private boolean handle(SQSEvent.SQSMessage record, Instant deadline) {
        MediaRecord file;
        try {
            file = queue.read(record.getBody());
        } catch (MediaQueue.UnreadableRecordException e) {
            LOG.errorf("Failed to read record %s of the media queue: %s", record.getMessageId(), e.getMessage());
            return false;
        }
        try {
            downloader.handle(file, deadline);
            return true;
        } catch (Downloader.UnknownMediaException e) {
            LOG.errorf("Failed to handle record %s: %s", record.getMessageId(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.infof("The download of file %d was interrupted; it goes on later", file.mediaId());
                return false;
            }
            if (!DatabaseAway.isReasonOf(e)) {
                LOG.errorf(e, "Failed to download file %d", file.mediaId());
                return false;
            }
            LOG.warnf("The database does not answer; file %d is sent again in %d s", file.mediaId(),
                    config.databaseReturn().toSeconds());
            return sender.sendAgain(file.mediaId(), config.databaseReturn());
        }
    }

    private Instant deadline(Context context) {
        var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
        var margin = remaining.dividedBy(4);
        return clock.instant().plus(remaining).minus(margin.compareTo(MARGIN) < 0 ? margin : MARGIN);
    }

    private static boolean succeeded(Future<Boolean> handled) {
        try {
            return handled.get();
        } catch (ExecutionException e) {
            LOG.errorf(e.getCause(), "Failed to handle a record of the media queue");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
