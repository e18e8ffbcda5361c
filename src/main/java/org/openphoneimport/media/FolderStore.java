package org.openphoneimport.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.UUID;

import org.jboss.logging.Logger;

/** Files in a folder. Each is written beside its place, down to the disk, and then moved there in one step. */
final class FolderStore implements MediaStore {

    private static final Logger LOG = Logger.getLogger(FolderStore.class);

    // No download takes so long: what is older was left behind by a killed one.
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path folder;
    private final Path incoming;

    FolderStore(Path folder, Clock clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.incoming = this.folder.resolve("incoming");
        clear(clock);
    }

    @Override
    public void store(String key, String contentType, InputStream bytes) throws IOException {
        Files.createDirectories(incoming);
        var part = incoming.resolve(UUID.randomUUID().toString());
        try {
            write(bytes, part);
            var place = place(key);
            Files.createDirectories(place.getParent());
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            force(place.resolveSibling("."));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(InputStream bytes, Path part) throws IOException {
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            bytes.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /** Writes down that the file is there. Not every system lets a folder be opened for that. */
    private static void force(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debugf("%s could not be forced: %s", directory, e.getMessage());
        }
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        try {
            return OptionalLong.of(Files.size(place(key)));
        } catch (NoSuchFileException e) {
            requireFolder();
            return OptionalLong.empty();
        }
    }

    /** A disk that is not mounted has lost no file. */
    private void requireFolder() throws NoSuchFileException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "the folder of files is not there");
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(place(key));
    }

    @Override
    public InputStream open(String key, long from, long count) throws IOException {
        var channel = FileChannel.open(place(key), StandardOpenOption.READ);
        try {
            return new Extract(Channels.newInputStream(channel.position(from)), count);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Folders stay: a download may be about to store into them. */
    @Override
    public void delete(Collection<String> keys) throws IOException {
        requireFolder();
        for (var key : keys) {
            Files.deleteIfExists(place(key));
        }
    }

    /** Keys are safe when they are made; that they lead nowhere else must not depend on it. */
    private Path place(String key) {
        var place = folder.resolve(key).normalize();
        if (!place.startsWith(folder) || place.startsWith(incoming)) {
            throw new IllegalArgumentException("The key " + key + " leads out of the folder");
        }
        return place;
    }

    private void clear(Clock clock) {
        if (!Files.isDirectory(incoming)) {
            return;
        }
        try (var parts = Files.list(incoming)) {
            for (var part : parts.toList()) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(clock.instant().minus(LEFT_BEHIND))) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to clear " + incoming + ": " + e.getMessage(), e);
        }
    }

    /** So many bytes of a stream. */
    private static final class Extract extends FilterInputStream {

        private long left;

        Extract(InputStream bytes, long count) {
            super(bytes);
            this.left = count;
        }

        @Override
        public int read() throws IOException {
            int read = left == 0 ? -1 : super.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }
    }
}
