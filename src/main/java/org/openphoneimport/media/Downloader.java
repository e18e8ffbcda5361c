package org.openphoneimport.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;

import io.quarkus.narayana.jta.QuarkusTransaction;

import software.amazon.awssdk.core.exception.SdkException;

/** What happens to a record of the media queue: its file is claimed, fetched, stored, or tried again another time. */
@ApplicationScoped
class Downloader {

    private static final Logger LOG = Logger.getLogger(Downloader.class);

    private final MediaTable table;
    private final MediaHttp http;
    private final MediaStores stores;
    private final FreshUrls urls;
    private final MediaReports reports;
    private final MediaConfig config;
    private final Clock clock;

    Downloader(MediaTable table, MediaHttp http, MediaStores stores, FreshUrls urls, MediaReports reports, MediaConfig config,
            Clock clock) {
        this.table = table;
        this.http = http;
        this.stores = stores;
        this.urls = urls;
        this.reports = reports;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Returns when the record may leave the queue.
     *
     * @param deadline when the download has to have ended
     * @throws UnknownMediaException when there is no such file
     */
    void handle(MediaRecord record, Instant deadline) {
        switch (table.claim(record.mediaId())) {
            case MediaClaim.Unknown() -> throw new UnknownMediaException(record);
            case MediaClaim.NotNeeded(String why) -> LOG.debugf("Dropped a record of file %d: %s", record.mediaId(), why);
            case MediaClaim.WornOut() -> LOG.errorf("File %d failed: its downloads died too often", record.mediaId());
            case MediaClaim.Held claim -> {
                download(claim, deadline);
                QuarkusTransaction.requiringNew().run(() -> reports.tried(table.runs(claim)));
            }
        }
    }

    private void download(MediaClaim.Held claim, Instant deadline) {
        try {
            try {
                fetch(claim, deadline);
            } catch (DownloadException.Denied e) {
                if (claim.urlAsked()) {
                    throw e;
                }
                fetch(askAgain(claim, e, deadline), deadline);
            }
        } catch (DownloadException.Refused e) {
            LOG.errorf("File %s failed: %s", claim.name(), e.what());
            QuarkusTransaction.requiringNew().run(() -> table.fail(claim, e.what()));
        } catch (DownloadException e) {
            tryAgain(claim, e.what(), e instanceof DownloadException.Denied);
        } catch (IOException | SdkException e) {
            tryAgain(claim, "It could not be stored: " + FileTrouble.words(e), false);
        }
    }

    private void fetch(MediaClaim.Held claim, Instant deadline) throws IOException {
        var left = Duration.between(clock.instant(), deadline);
        var limit = left.compareTo(config.longestDownload()) < 0 ? left : config.longestDownload();
        var type = new AtomicReference<>("");
        var received = http.fetch(claim.url(), limit, (bytes, contentType) -> {
            var head = bytes.readNBytes(Promise.HEAD);
            type.set(Promise.of(claim).check(head, contentType));
            stores.store().store(claim.key(), type.get(), new SequenceInputStream(new ByteArrayInputStream(head), bytes));
        });
        table.stored(claim, type.get(), received);
    }

    /** The file under the URL that it has now. */
    private MediaClaim.Held askAgain(MediaClaim.Held claim, DownloadException.Denied denied, Instant deadline)
            throws DownloadException {
        try {
            // For no run: its own may have ended long ago.
            var url = urls.find(claim, new Caller(null, deadline)).orElse(claim.url());
            table.noteUrl(claim, url);
            return claim.under(url);
        } catch (OpenPhoneException e) {
            throw new DownloadException.Failed(denied.what() + ", and OpenPhone gave no other URL: " + e.what(), e);
        } catch (NotNowException e) {
            throw new DownloadException.Failed(denied.what() + ", and OpenPhone could not be asked for another URL: "
                    + e.getMessage(), e);
        }
    }

    /** What is interrupted has failed at nothing. */
    private void tryAgain(MediaClaim.Held claim, String what, boolean denied) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(what);
        }
        LOG.warnf("File %s did not come in download %d: %s", claim.name(), claim.attempt(), what);
        table.again(claim, what, denied);
    }

    /** A record names a file that does not exist: it belongs to another database, or imported data have been cleared. */
    static final class UnknownMediaException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnknownMediaException(MediaRecord record) {
            super("There is no file " + record.mediaId());
        }
    }
}
