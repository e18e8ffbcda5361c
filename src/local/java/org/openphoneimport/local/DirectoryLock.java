package org.openphoneimport.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** A directory is one process's at a time. The system lets go of the lock when the process ends, however it ends. */
final class DirectoryLock {

    /** Kept, since a lock that is collected is released. */
    private static final Map<Path, FileLock> HELD = new ConcurrentHashMap<>();

    private DirectoryLock() {
    }

    static void take(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IllegalStateException(("Another openphone-import is running on the data in %s. "
                    + "Stop it first, or set LOCAL_DIRECTORY to another directory").formatted(directory));
        }
        HELD.put(directory, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
