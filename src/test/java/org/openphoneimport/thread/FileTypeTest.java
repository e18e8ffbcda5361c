package org.openphoneimport.thread;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

@BesideOthers
class FileTypeTest {

    @ParameterizedTest
    @CsvSource({ "image/png,image/png,png", "IMAGE/JPEG; charset=binary,image/jpeg,jpg", "audio/mpeg,audio/mpeg,mp3",
            "video/mp4,video/mp4,mp4", "audio/x-unheard-of,audio/x-unheard-of,bin",
            "application/pdf,application/octet-stream,pdf" })
    void pictures_sound_and_film_are_told_as_what_they_are(String declared, String mime, String extension) {
        assertThat(FileType.of(declared)).isEqualTo(new FileType(mime, extension));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "audio/<script>",
            "audio/mpeg\r\nSet-Cookie: a=b/" })
    void everything_else_is_only_saved(String declared) {
        var type = FileType.of(declared);
        assertThat(type.mime()).isIn("application/octet-stream", "audio/mpeg");
        assertThat(type.isPicture()).isFalse();
    }
}
