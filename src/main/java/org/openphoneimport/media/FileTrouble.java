package org.openphoneimport.media;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What is wrong with a file or a folder, in words that people know: of many exceptions the message is only the path. */
public final class FileTrouble {

    private FileTrouble() {
    }

    /** Why something could not be written. */
    public static String words(Exception thrown) {
        return switch (thrown) {
            case FileSystemException told when told.getReason() != null -> String.valueOf(told.getMessage());
            case AccessDeniedException denied -> "no permission to write " + denied.getFile();
            case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is a file, not a folder";
            default -> Objects.requireNonNullElse(thrown.getMessage(), thrown.getClass().getName());
        };
    }
}
