package org.openphoneimport.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder that files are stored in, looked at from outside of the application.
 *
 * @param path where it is
 */
public record MediaFolder(Path path) implements AutoCloseable {

    /** An empty one of its own. */
    public static MediaFolder create() {
        try {
            return new MediaFolder(Files.createTempDirectory("openphone-import-media"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of all files in it, such as {@code message/AC123/0}; folders may be deleted meanwhile. */
    public Set<String> keys() {
        var keys = new TreeSet<String>();
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    keys.add(path.relativize(file).toString());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    /** A file's bytes. */
    public byte[] bytes(String key) {
        try {
            return Files.readAllBytes(path.resolve(key));
        } catch (IOException e) {
            throw new UncheckedIOException("There is no file " + key + ": " + e.getMessage(), e);
        }
    }

    /** Puts a file there. */
    public void write(String key, byte[] bytes) {
        try {
            Files.createDirectories(path.resolve(key).getParent());
            Files.write(path.resolve(key), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a file, as somebody may who does not know better. */
    public void delete(String key) {
        try {
            Files.delete(path.resolve(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a file its last byte. */
    public void shorten(String key) {
        var bytes = bytes(key);
        try {
            Files.write(path.resolve(key), Arrays.copyOf(bytes, bytes.length - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the folder away as a whole, as a disk that is not mounted; {@link #mount} brings it back. */
    public void unmount() {
        move(path, unmounted());
    }

    /** Brings the folder back. */
    public void mount() {
        move(unmounted(), path);
    }

    private Path unmounted() {
        return path.resolveSibling(path.getFileName() + "-unmounted");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all files. */
    public void empty() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).filter(file -> !file.equals(path)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to empty " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        empty();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
