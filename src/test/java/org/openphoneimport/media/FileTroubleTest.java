package org.openphoneimport.media;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of many exceptions the message is only a path. */
class FileTroubleTest {

    @Test
    void what_is_wrong_is_told_with_the_path() {
        assertThat(FileTrouble.words(new AccessDeniedException("/media"))).isEqualTo("no permission to write /media");
        assertThat(FileTrouble.words(new NoSuchFileException("/media"))).isEqualTo("no such file or folder: /media");
        assertThat(FileTrouble.words(new FileAlreadyExistsException("/media"))).isEqualTo("/media is a file, not a folder");
    }

    @Test
    void what_the_system_says_is_told_as_it_is() {
        assertThat(FileTrouble.words(new FileSystemException("/media", null, "No space left on device")))
                .isEqualTo("/media: No space left on device");
        assertThat(FileTrouble.words(new IOException("Stream closed"))).isEqualTo("Stream closed");
        assertThat(FileTrouble.words(new IOException())).isEqualTo("java.io.IOException");
    }
}
