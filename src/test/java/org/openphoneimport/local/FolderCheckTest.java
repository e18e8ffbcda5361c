package org.openphoneimport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A folder that cannot be written is told at the start, not with each file. */
@BesideOthers
class FolderCheckTest {

    @TempDir
    Path temporary;

    @Test
    void a_folder_that_cannot_be_written_is_told_with_its_setting() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(check(Map.of("MEDIA_DIRECTORY", file.toString()))::run).hasMessage("MEDIA_DIRECTORY: the folder "
                + file + " cannot be written: " + file + " is a file, not a folder. Set it to another one");
        assertThatThrownBy(check(Map.of("LOCAL_DIRECTORY", file.toString()))::run).hasMessageStartingWith(
                "LOCAL_DIRECTORY: the folder " + file.resolve("sample/media") + " cannot be written: ");
        assertThat(Machine.mediaFolder(Environment.of(Map.of("MEDIA_BUCKET", "files")))).isEmpty();
    }

    /** It may be on a disk that is not mounted, and must not look like one that has lost its files. */
    @Test
    void nothing_is_left_of_the_attempt() throws IOException {
        var there = Files.createDirectory(temporary.resolve("there"));

        new FolderCheck("MEDIA_DIRECTORY", there).run();
        new FolderCheck("MEDIA_DIRECTORY", temporary.resolve("disk/media")).run();

        assertThat(there).isEmptyDirectory();
        assertThat(temporary.resolve("disk")).doesNotExist();
    }

    private static FolderCheck check(Map<String, String> variables) {
        return Machine.mediaFolder(Environment.of(variables)).orElseThrow();
    }
}
