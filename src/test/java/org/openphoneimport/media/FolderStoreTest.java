package org.openphoneimport.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path folder;

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void a_file_is_there_as_it_came() throws IOException {
        var store = new FolderStore(folder, clock);

        store.store("message/AC1/0", "image/png", bytes("hello"));

        assertThat(store.size("message/AC1/0")).hasValue(5);
        try (var stored = store.open("message/AC1/0")) {
            assertThat(stored).hasBinaryContent("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(store.size("message/AC1/1")).isEmpty();
    }

    @Test
    void some_bytes_of_a_file_can_be_read() throws IOException {
        var store = new FolderStore(folder, clock);
        store.store("message/AC1/0", "audio/mpeg", bytes("hello, there"));

        try (var some = store.open("message/AC1/0", 7, 3)) {
            assertThat(some).hasBinaryContent("the".getBytes(StandardCharsets.UTF_8));
        }
        try (var some = store.open("message/AC1/0", 7, 3)) {
            assertThat((char) some.read()).isEqualTo('t');
            assertThat(some.skip(1)).isEqualTo(1);
            assertThat((char) some.read()).isEqualTo('e');
            assertThat(some.read()).isEqualTo(-1);
        }
    }

    @Test
    void a_file_whose_bytes_break_off_is_not_there_at_all() throws IOException {
        var store = new FolderStore(folder, clock);

        assertThatThrownBy(() -> store.store("message/AC1/0", "image/png", new SequenceInputStream(bytes("hel"), broken())))
                .hasMessage("broken");

        assertThat(store.size("message/AC1/0")).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_that_is_there_stays_whole_while_it_comes_again() throws IOException {
        var store = new FolderStore(folder, clock);
        store.store("message/AC1/0", "image/png", bytes("hello"));

        var again = new InputStream() {
            @Override
            public int read() throws IOException {
                // In the middle of the second time: whoever looks, or dies now, has the first.
                assertThat(store.size("message/AC1/0")).hasValue(5);
                return -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        store.store("message/AC1/0", "image/png", new SequenceInputStream(bytes("good morning"), again));

        assertThat(store.size("message/AC1/0")).hasValue(12);
        assertThat(files()).containsExactly("message/AC1/0");
    }

    @Test
    void files_are_deleted_whether_they_are_there_or_not() throws IOException {
        var store = new FolderStore(folder, clock);
        store.store("message/AC1/0", "image/png", bytes("hello"));
        store.store("message/AC1/1", "image/png", bytes("hello"));

        store.delete(List.of("message/AC1/0", "message/AC2/0"));

        assertThat(files()).containsExactly("message/AC1/1");
        assertThatThrownBy(() -> store.delete(List.of("../other"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_a_folder_that_is_not_there_nobody_knows_what_it_has() throws IOException {
        var store = new FolderStore(folder.resolve("disk"), clock);
        store.store("message/AC1/0", "image/png", bytes("hello"));
        Files.move(folder.resolve("disk"), folder.resolve("unmounted"));

        assertThatThrownBy(() -> store.size("message/AC1/0")).isInstanceOf(NoSuchFileException.class)
                .hasMessageEndingWith("the folder of files is not there");
        assertThatThrownBy(() -> store.delete(List.of("message/AC1/0"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void what_killed_downloads_left_behind_is_cleared_a_day_later() throws IOException {
        var incoming = Files.createDirectory(folder.resolve("incoming"));
        var young = Files.writeString(incoming.resolve("young"), "he");
        Files.setLastModifiedTime(young, FileTime.from(NOW.minusSeconds(3600)));
        var old = Files.writeString(incoming.resolve("old"), "he");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(90_000)));

        new FolderStore(folder, clock);

        assertThat(files()).containsExactly("incoming/young");
    }

    @Test
    void no_key_leads_out_of_the_folder() {
        var store = new FolderStore(folder, clock);

        for (var key : List.of("../outside", "message/../../outside", "/etc/passwd", "incoming/x")) {
            assertThatThrownBy(() -> store.store(key, "image/png", bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(folder.resolveSibling("outside")).doesNotExist();
    }

    private List<String> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
    }
}
