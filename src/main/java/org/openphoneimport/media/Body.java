package org.openphoneimport.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A file's bytes as they come: counted and hashed while they pass by, and cut off when they are too many, too few or too slow.
 * It reads to the end of the connection, since only that shows whether more comes than was announced.
 */
final class Body extends FilterInputStream {

    /** Nothing was announced. */
    static final long UNKNOWN = -1;

    // What has to come within the longest silence, lest a file be fed to us byte by byte.
    private static final long LEAST_PROGRESS = 10_000;

    private final long announced;
    private final long maxSize;
    private final Duration longestSilence;
    private final MessageDigest digest;
    private long size;
    /** Time that was spent waiting for bytes, and how many came, since enough came the last time. */
    private long waited;
    private long progress;

    Body(InputStream bytes, long announced, long maxSize, Duration longestSilence) throws DownloadException {
        super(bytes);
        this.announced = announced;
        this.maxSize = maxSize;
        this.longestSilence = longestSilence;
        if (announced > maxSize) {
            throw tooLarge(announced + " bytes were announced");
        }
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** How many bytes have come. */
    long size() {
        return size;
    }

    /** SHA-256 of all that has come, in hexadecimal. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long asked = System.nanoTime();
        int count = receive(buffer, offset, length);
        if (count < 0) {
            if (size < announced) {
                throw new DownloadException.Failed("It ended after %d of %d bytes".formatted(size, announced));
            }
            return -1;
        }
        size += count;
        digest.update(buffer, offset, count);
        if (announced != UNKNOWN && size > announced) {
            throw new DownloadException.Failed("More came than the %d bytes that were announced".formatted(announced));
        }
        if (size > maxSize) {
            throw tooLarge("no end came");
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

    private DownloadException tooLarge(String why) {
        return new DownloadException.Refused("It is larger than the %d bytes that are allowed: %s".formatted(maxSize, why));
    }

    /** Does nothing: what is left would be read to its end, however long that takes. The connection is closed instead. */
    @Override
    public void close() {
    }
}
