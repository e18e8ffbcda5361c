package org.openphoneimport.thread;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaStores;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.Snapshot;

import software.amazon.awssdk.core.exception.SdkException;

/** Files as they lie in the folder or bucket. */
@ApplicationScoped
public class StoredFiles {

    private static final Logger LOG = Logger.getLogger(StoredFiles.class);

    private final Snapshot snapshot;
    private final FileRows rows;
    private final MediaStores stores;

    StoredFiles(Snapshot snapshot, FileRows rows, MediaStores stores) {
        this.snapshot = snapshot;
        this.rows = rows;
        this.stores = stores;
    }

    /**
     * A file that lies in the store.
     *
     * @param key of it there
     * @param name to save it under
     * @param type what it is
     * @param size of what lies there, in bytes
     */
    public record Found(String key, String name, FileType type, long size) {
    }

    /** Throws {@link RefusedException} with a sentence when it is not there. */
    public Found find(String id) {
        var file = (id.matches("\\d{1,18}") ? snapshot.read(() -> rows.withId(Long.parseLong(id)))
                : Optional.<StoredFile> empty())
                .orElseThrow(() -> RefusedException.unknown("There is no file of that number"));
        var key = file.key();
        if (!file.isStored() || key == null) {
            throw RefusedException.unknown("This file is not stored: "
                    + (file.finding() == null ? "it has not been downloaded yet" : file.finding()));
        }
        var type = FileType.of(file.type());
        return new Found(key, "%s-%d.%s".formatted(file.subjectId().replaceAll("[^A-Za-z0-9_-]", "_"), file.position() + 1,
                type.extension()), type, size(key));
    }

    private long size(String key) {
        try {
            return stores.store().size(key)
                    .orElseThrow(() -> RefusedException.unknown("This file was stored and is gone from the store"));
        } catch (IOException | SdkException e) {
            throw away(key, e);
        }
    }

    /** All of its bytes. */
    public InputStream open(Found file) {
        return open(file, new ByteRange(0, file.size()));
    }

    /** Some of its bytes. */
    public InputStream open(Found file, ByteRange range) {
        try {
            return range.count() == file.size() ? stores.store().open(file.key())
                    : stores.store().open(file.key(), range.from(), range.count());
        } catch (IOException | SdkException e) {
            throw away(file.key(), e);
        }
    }

    private static RefusedException away(String key, Exception e) {
        LOG.errorf("Failed to read file %s: %s", key, e.getMessage());
        return RefusedException.away("The store of files does not answer; the log of the server says why");
    }
}
