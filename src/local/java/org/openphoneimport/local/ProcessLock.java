package org.openphoneimport.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a file stands for is one process's at a time. The system lets go of the lock when the process ends, however it ends. */
final class ProcessLock {

    /** Kept, since the lock of a channel that is collected is released. */
    private static final Queue<FileChannel> HELD = new ConcurrentLinkedQueue<>();

    private ProcessLock() {
    }

    /** Whether this process has it now; until it ends no other can have it then. */
    static boolean take(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel)) {
            HELD.add(channel);
            return true;
        }
        channel.close();
        return false;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
