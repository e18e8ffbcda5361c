package org.openphoneimport.media;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** URLs are read as browsers read them. */
class MediaUrlTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", ignoreLeadingAndTrailingWhitespace = false, value = {
            "/a b.png -> /a%20b.png",
            "/a|b.png -> /a%7Cb.png",
            "/100%.png -> /100%25.png",
            "/100%zz.png -> /100%25zz.png",
            "/a%20b%7c.png -> /a%20b%7c.png",
            "/a%2520b.png -> /a%2520b.png",
            "/bücher/日本.png -> /b%C3%BCcher/%E6%97%A5%E6%9C%AC.png",
            "/\uD83D\uDEB2.png -> /%F0%9F%9A%B2.png",
            "/a.png?name=a b|c%&x=ü+1 -> /a.png?name=a%20b%7Cc%25&x=%C3%BC+1",
            "/a.png?signature=a%2Fb%3D%3D&x[1]=2 -> /a.png?signature=a%2Fb%3D%3D&x[1]=2",
            "/a\"<b>^`{c}.png -> /a%22%3Cb%3E%5E%60%7Bc%7D.png",
            "/a\\b.png -> /a/b.png",
            "/a/./b/../c/%2E%2e/d.png -> /a/d.png",
            "//a//b.png -> //a//b.png",
            "/a.png#page=2 -> /a.png",
            "?x=1 -> /?x=1",
            " -> /" })
    void what_may_not_stand_in_a_url_is_encoded_and_what_is_encoded_stays(String written, String asked) throws Exception {
        assertThat(read("https://media.example.com" + (written == null ? "" : written)).target()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({ "https://Media.Example.com/a, media.example.com, 443",
            "HTTP://media.example.com:8080/a, media.example.com, 8080",
            "https://media.example.com:/a, media.example.com, 443", "https://bücher.example/a, xn--bcher-kva.example, 443",
            "https://b%C3%BCcher.example/a, xn--bcher-kva.example, 443", "http://[::1]:80/a, ::1, 80",
            "'  https://media.example.com/a  ', media.example.com, 443",
            "https:\\\\media.example.com/a, media.example.com, 443",
            "https://media_1.example.com/a, media_1.example.com, 443" })
    void a_host_is_named_as_the_name_system_knows_it(String written, String host, int port) throws Exception {
        var url = read(written);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo("/a");
    }

    @Test
    void line_breaks_within_are_nothing() throws Exception {
        assertThat(read("https://media.example.com/a\r\n b.png").target()).isEqualTo("/a%20b.png");
    }

    @ParameterizedTest
    @CsvSource({ "c d|é.png, /a/c%20d%7C%C3%A9.png", "/c%20d.png?x=%, /c%20d.png?x=%25", "?y=2, /a/b.png?y=2",
            "'', /a/b.png?x=1", "../c.png, /c.png", "./c.png, /a/c.png", "../../../c.png, /c.png",
            "https://media.example.com/e f, /e%20f", "//media.example.com/g h, /g%20h" })
    void what_a_url_redirects_to_is_read_alike(String location, String asked) throws Exception {
        var url = MediaUrl.read(read("https://media.example.com/a/b.png?x=1"), location);

        assertThat(url.host()).isEqualTo("media.example.com");
        assertThat(url.scheme()).isEqualTo("https");
        assertThat(url.target()).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a.png", "/a.png", "http:a.png", "https://", "https:///a", "https://a b.example/c",
            "https://a.example:x/b", "https://a.example:70000/b", "https://me@a.example/b", "https://a.example:80:80/b",
            "https://[a.example]/b", "https://[::1/b", "https://a..b/c", "https://a%00b/c", "https://a%2Fb/c",
            "ftp://a.example/b",
            "javascript:alert(1)" })
    void what_names_no_host_is_refused(String written) {
        assertThatThrownBy(() -> read(written)).isInstanceOf(DownloadException.Refused.class)
                .hasMessageStartingWith("Its URL ");
    }

    private static MediaUrl read(String url) throws DownloadException.Refused {
        return MediaUrl.read(null, url);
    }
}
