package org.openphoneimport.local;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The password of the embedded PostgreSQL, in a file that only its owner reads: who else has a user on this machine reaches the
 * server as well, whose superuser can run commands as its owner.
 *
 * @param file where it is kept
 */
record DatabasePassword(Path file) {

    private static final int BYTES = 18;

    /** The one that the server has, or will be made with: kept, given, or made up. */
    String current(String given) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var password = given.isEmpty() ? random() : given;
        write(password);
        return password;
    }

    /** Written beside it first, so that no half of it is ever there. */
    void write(String password) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, ownersOnly());
        Files.writeString(next, password + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
