package org.openphoneimport.media;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.s3.S3Client;

/** The store that is configured. */
@ApplicationScoped
public class MediaStores {

    private final MediaConfig config;
    private final Instance<S3Client> s3;
    private final Clock clock;
    private @Nullable MediaStore store;

    MediaStores(MediaConfig config, Instance<S3Client> s3, Clock clock) {
        this.config = config;
        this.s3 = s3;
        this.clock = clock;
    }

    /** Throws when none is configured. */
    public synchronized MediaStore store() {
        if (store == null) {
            store = configured();
        }
        return store;
    }

    private MediaStore configured() {
        return config.bucket().<MediaStore> map(bucket -> new S3Store(s3.get(), bucket))
                .or(() -> config.directory().map(directory -> new FolderStore(directory, clock)))
                .orElseThrow(
                        () -> new IllegalStateException("There is no place for files: set MEDIA_BUCKET or MEDIA_DIRECTORY"));
    }
}
