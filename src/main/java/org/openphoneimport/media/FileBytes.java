package org.openphoneimport.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file's bytes, unpacked: counted and hashed while they pass by, and cut off when they are too many. A few packed bytes may
 * become very many.
 */
final class FileBytes extends FilterInputStream {

    private final Body body;
    private final long maxSize;
    private final MessageDigest digest;
    private long size;

    /**
     * @param unpacked what is within the body
     * @param body read to its end after the file has ended
     */
    FileBytes(InputStream unpacked, Body body, long maxSize) {
        super(unpacked);
        this.body = body;
        this.maxSize = maxSize;
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
        int count = unpack(buffer, offset, length);
        if (count < 0) {
            body.transferTo(OutputStream.nullOutputStream());
            return -1;
        }
        size += count;
        digest.update(buffer, offset, count);
        if (size > maxSize) {
            throw Body.tooLarge(maxSize, "no end came");
        }
        return count;
    }

    private int unpack(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (DownloadException e) {
            throw e;
        } catch (IOException e) {
            throw new DownloadException.Failed("It cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** Does nothing: what is left would be read to its end, however long that takes. The connection is closed instead. */
    @Override
    public void close() {
    }
}
