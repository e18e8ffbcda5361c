package org.openphoneimport.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A file's bytes as they come: counted while they pass by, and cut off when they are too many, too few or too slow. It reads
 * to the end of the connection, since only that shows whether more comes than was announced. Never close the entity's own
 * stream: that reads it to its end.
 */
final class Body extends FilterInputStream {

    /** Nothing was announced. */
    static final long UNKNOWN = -1;

    // What has to come within the longest silence, lest a file be fed to us byte by byte.
    private static final long LEAST_PROGRESS = 10_000;

    private final long announced;
    private final long maxSize;
    private final Duration longestSilence;
    private long size;
    private boolean ended;
    /** Time that was spent waiting for bytes, and how many came, since enough came the last time. */
    private long waited;
    private long progress;

    Body(InputStream bytes, long announced, long maxSize, Duration longestSilence) throws DownloadException {
        super(bytes);
        this.announced = announced;
        this.maxSize = maxSize;
        this.longestSilence = longestSilence;
        if (announced > maxSize) {
            throw tooLarge(maxSize, announced + " bytes were announced");
        }
    }

    /** More may come until the end has come: the unpacking stream looks whether more is packed behind what ended. */
    @Override
    public int available() {
        return ended ? 0 : 1;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        long asked = System.nanoTime();
        int count = receive(buffer, offset, length);
        if (count < 0 && size < announced) {
            throw new DownloadException.Failed("It ended after %d of %d bytes".formatted(size, announced));
        }
        size += Math.max(0, count);
        if (announced != UNKNOWN && size > announced) {
            throw new DownloadException.Failed("More came than the %d bytes that were announced".formatted(announced));
        }
        if (count < 0) {
            ended = true;
            return -1;
        }
        if (size > maxSize) {
            throw tooLarge(maxSize, "no end came");
        }
        checkProgress(count, System.nanoTime() - asked);
        return count;
    }

    private int receive(byte[] buffer, int offset, int length) throws DownloadException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            // Some hosts leave the connection open, or break it; then the announcement has to do.
            if (size == announced) {
                return -1;
            }
            throw e instanceof SocketTimeoutException
                    ? new DownloadException.Failed("Nothing came for %d ms, after %d bytes"
                            .formatted(longestSilence.toMillis(), size), e)
                    : new DownloadException.Failed("It broke off after %d bytes: %s".formatted(size, e.getMessage()), e);
        }
    }

    private void checkProgress(int count, long nanos) throws DownloadException {
        progress += count;
        waited += nanos;
        if (progress >= LEAST_PROGRESS) {
            progress = 0;
            waited = 0;
        } else if (waited > longestSilence.toNanos()) {
            throw new DownloadException.Failed("It came too slowly: %d bytes in %d ms".formatted(progress, waited / 1_000_000));
        }
    }

    static DownloadException tooLarge(long maxSize, String why) {
        return new DownloadException.Refused("It is larger than the %d bytes that are allowed: %s".formatted(maxSize, why));
    }

    /** Does nothing: what is left would be read to its end, however long that takes. The connection is closed instead. */
    @Override
    public void close() {
    }
}
