package org.openphoneimport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.openphoneimport.media.FileTrouble;

/**
 * The folder that files go to. Whether it can be written is tried before the start; else each download would fail.
 *
 * @param setting that names it
 * @param path where it is
 */
record FolderCheck(String setting, Path path) {

    /** @throws IllegalStateException saying why it cannot be written */
    void run() {
        var missing = missing();
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "start", ".tmp"));
        } catch (IOException e) {
            throw new IllegalStateException("%s: the folder %s cannot be written: %s. Set it to another one"
                    .formatted(setting, path, FileTrouble.words(e)), e);
        } finally {
            missing.forEach(FolderCheck::removeEmpty);
        }
    }

    /** What has to be made, the innermost first. */
    private List<Path> missing() {
        var missing = new ArrayList<Path>();
        for (var each = path; each != null && !Files.exists(each, LinkOption.NOFOLLOW_LINKS); each = each.getParent()) {
            missing.add(each);
        }
        return missing;
    }

    /** A disk that is not mounted must not look like one that has lost its files. */
    private static void removeEmpty(Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (IOException e) {
            // Another program has put something into it meanwhile.
        }
    }
}
