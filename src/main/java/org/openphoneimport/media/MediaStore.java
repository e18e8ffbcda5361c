package org.openphoneimport.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.OptionalLong;

/** Where files are kept. A file is there whole or not at all, whatever dies while it is being stored. */
public sealed interface MediaStore permits FolderStore, S3Store {

    /**
     * Stores a file, in place of one that may be there under this key. When reading its bytes fails, nothing is stored.
     *
     * @param key made by {@link StorageKey}
     * @param contentType MIME
     */
    void store(String key, String contentType, InputStream bytes) throws IOException;

    /** The size of a file; empty when it is not there. Throws when the store is not there: then it is unknown. */
    OptionalLong size(String key) throws IOException;

    /** A file's bytes; throws when it is not there. */
    InputStream open(String key) throws IOException;

    /** Some of a file's bytes, of which it has as many; throws when it is not there. */
    InputStream open(String key, long from, long count) throws IOException;

    /** Deletes files; those that are not there are no error. Throws when some may be left, or the store is not there. */
    void delete(Collection<String> keys) throws IOException;
}
