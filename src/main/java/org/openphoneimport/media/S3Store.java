package org.openphoneimport.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

import org.jboss.logging.Logger;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Files in an S3 bucket. A larger one is sent in parts while it comes; it is there when the last part is confirmed. */
final class S3Store implements MediaStore {

    private static final Logger LOG = Logger.getLogger(S3Store.class);

    // S3 takes parts of 5 MB or more, and at most 10,000 of them.
    private static final int PART = 8 * 1024 * 1024;

    // S3 deletes at most so many with one request.
    private static final int DELETED_TOGETHER = 1_000;

    private final S3Client s3;
    private final String bucket;

    S3Store(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void store(String key, String contentType, InputStream bytes) throws IOException {
        var first = bytes.readNBytes(PART);
        if (first.length < PART) {
            s3.putObject(request -> request.bucket(bucket).key(key).contentType(contentType), body(first));
        } else {
            storeInParts(key, contentType, first, bytes);
        }
    }

    private void storeInParts(String key, String contentType, byte[] first, InputStream rest) throws IOException {
        var upload = s3.createMultipartUpload(request -> request.bucket(bucket).key(key).contentType(contentType)).uploadId();
        try {
            var parts = new ArrayList<CompletedPart>();
            for (var part = first; part.length > 0; part = rest.readNBytes(PART)) {
                parts.add(send(key, upload, parts.size() + 1, part));
            }
            s3.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload)
                    .multipartUpload(all -> all.parts(parts)));
        } catch (IOException | RuntimeException e) {
            abort(key, upload);
            throw e;
        }
    }

    private CompletedPart send(String key, String upload, int number, byte[] part) {
        var sent = s3.uploadPart(request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                body(part));
        return CompletedPart.builder().partNumber(number).eTag(sent.eTag()).build();
    }

    /** Not copied, as the SDK does otherwise. */
    private static RequestBody body(byte[] part) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(part), part.length, "application/octet-stream");
    }

    /** Parts cost as much as files; those of a killed upload are left to the bucket's lifecycle rule. */
    private void abort(String key, String upload) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.warnf("Failed to remove the parts of %s from %s: %s", key, bucket, e.getMessage());
        }
    }

    @Override
    public OptionalLong size(String key) {
        try {
            return OptionalLong.of(s3.headObject(request -> request.bucket(bucket).key(key)).contentLength());
        } catch (NoSuchKeyException e) {
            // S3 answers the same when there is no such bucket; then this throws.
            s3.headBucket(request -> request.bucket(bucket));
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(String key) {
        return s3.getObject(request -> request.bucket(bucket).key(key));
    }

    @Override
    public InputStream open(String key, long from, long count) {
        return s3.getObject(request -> request.bucket(bucket).key(key)
                .range("bytes=%d-%d".formatted(from, from + count - 1)));
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        var files = keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
        for (int from = 0; from < files.size(); from += DELETED_TOGETHER) {
            deleteTogether(files.subList(from, Math.min(files.size(), from + DELETED_TOGETHER)));
        }
    }

    private void deleteTogether(List<ObjectIdentifier> files) throws IOException {
        var left = s3.deleteObjects(request -> request.bucket(bucket).delete(all -> all.objects(files).quiet(true))).errors();
        if (!left.isEmpty()) {
            throw new IOException("Failed to delete %d files, such as %s: %s".formatted(left.size(), left.getFirst().key(),
                    left.getFirst().message()));
        }
    }
}
