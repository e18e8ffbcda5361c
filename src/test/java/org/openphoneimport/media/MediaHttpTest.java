package org.openphoneimport.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Hosts of files are strangers: what they can do to us is end in a sentence about that one file. */
@BesideOthers
class MediaHttpTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final StrangeHost host = StrangeHost.start();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    /** Which names were resolved, in order. */
    private final List<String> resolved = new ArrayList<>();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_file_comes_as_it_is() throws IOException {
        host.file("/a.png?x=1&y=%20", "hello");

        var file = allowing().fetch(host.under("127.0.0.1") + "/a.png?x=1&y=%20", LONG, this::receive);

        assertThat(received).hasToString("hello");
        assertThat(file.contentType()).isEqualTo("image/png");
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @Test
    void a_host_is_told_nothing_but_what_it_is_asked_for() throws IOException {
        host.file("//a.png", "hello");

        allowing().fetch(host.under("127.0.0.1") + "//a.png", LONG, this::receive);

        assertThat(host.requests()).hasSize(1);
        assertThat(host.requests().getFirst()).containsExactlyInAnyOrder("GET //a.png HTTP/1.1",
                "Host: 127.0.0.1:" + host.port(), "Connection: close", "User-Agent: openphone-import/1.0");
    }

    @Test
    void a_file_in_chunks_comes_whole() throws IOException {
        host.at("/a", out -> out.write(StrangeHost.bytes("""
                HTTP/1.1 200 OK\r
                Transfer-Encoding: chunked\r
                \r
                3\r
                hel\r
                2\r
                lo\r
                0\r
                \r
                """)));

        assertThat(allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive).size()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = { "file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/", "jar:http://127.0.0.1/a!/b",
            "data:text/plain,hello", "/etc/passwd", "", "http:/a", "http:///a", "http://user:secret@127.0.0.1/a",
            "http://exa mple/", "//127.0.0.1/a" })
    void what_is_no_http_url_is_refused(String url) {
        assertThatThrownBy(() -> guarded().fetch(url, LONG, this::receive)).isInstanceOf(DownloadException.Refused.class)
                .hasMessageStartingWith("Its URL ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:%d/a", "http://localhost:%d/a", "http://[::1]:%d/a", "http://0.0.0.0:%d/a",
            "http://[::ffff:7f00:1]:%d/a", "http://2130706433:%d/a", "http://169.254.169.254/latest/meta-data/",
            "http://[fd00:ec2::254]/latest/meta-data/", "http://10.0.0.1/a", "https://192.168.1.1/a" })
    void addresses_that_may_be_ours_are_refused(String url) {
        host.file("/a", "secret");

        assertThatThrownBy(() -> guarded().fetch(url.formatted(host.port()), LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class)
                .hasMessageStartingWith("Link points to a private address; not fetched: ");
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void a_public_name_that_has_a_private_address_is_refused() {
        host.file("/a", "secret");
        var http = http(resolving("127.0.0.1"), PublicAddresses::contain);

        assertThatThrownBy(() -> http.fetch(host.under("media.example.com") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class)
                .hasMessage("Link points to a private address; not fetched: media.example.com has the address 127.0.0.1");
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void one_private_address_among_public_ones_is_enough_to_be_refused() {
        var http = http(name -> new InetAddress[] { InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1") },
                PublicAddresses::contain);

        assertThatThrownBy(() -> http.fetch("http://media.example.com/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class).hasMessageEndingWith("has the address 10.0.0.1");
    }

    @Test
    void what_is_connected_to_is_the_address_that_was_checked() throws IOException {
        // As if 127.0.0.1 were public, and 127.0.0.2 were ours. There is nobody at 127.0.0.2.
        host.file("/a", "hello");
        var http = http(resolving("127.0.0.1", "127.0.0.2"), address -> address.getHostAddress().equals("127.0.0.1"));

        http.fetch(host.under("rebinding.example.com") + "/a", LONG, this::receive);

        assertThat(received).hasToString("hello");
        assertThat(resolved).containsExactly("rebinding.example.com");
        assertThat(host.requests().getFirst()).contains("Host: rebinding.example.com:" + host.port());
    }

    @Test
    void a_name_that_leads_elsewhere_the_second_time_is_refused_then() {
        host.redirect("/a", "/b").file("/b", "secret");
        var http = http(resolving("127.0.0.1", "127.0.0.2"), address -> address.getHostAddress().equals("127.0.0.1"));

        assertThatThrownBy(() -> http.fetch(host.under("rebinding.example.com") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class).hasMessageEndingWith("has the address 127.0.0.2");
        assertThat(resolved).hasSize(2);
        assertThat(host.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "file:///etc/passwd", "ftp://127.0.0.1/a", "http://169.254.169.254/latest/meta-data/",
            "http://[::1]:%d/secret", "http://localhost:%d/secret", "//localhost:%d/secret", "http://10.0.0.1/",
            "http://not a host/" })
    void redirects_to_what_is_refused_are_refused(String location) {
        host.redirect("/a", location.formatted(host.port())).file("/secret", "secret");

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class);
        assertThat(host.requests()).hasSize(1);
    }

    @Test
    void what_no_url_may_hold_is_encoded_on_each_way() throws IOException {
        host.redirect("/a%20b%7C100%25.png?x=%C3%BC", "\u00C3\u00A9 |%.png").file("/%C3%A9%20%7C%25.png", "hello")
                .redirect("/latin", "/caf\u00E9").file("/caf%E9", "hello");

        allowing().fetch(host.under("127.0.0.1") + "/a b|100%.png?x=\u00FC", LONG, this::receive);
        allowing().fetch(host.under("127.0.0.1") + "/latin", LONG, this::receive);

        assertThat(received).hasToString("hellohello");
    }

    @Test
    void five_redirects_are_followed_and_no_more() throws IOException {
        for (int i = 0; i < 6; i++) {
            host.redirect("/" + i, i % 2 == 0 ? "/" + (i + 1) : host.under("127.0.0.1") + "/" + (i + 1));
        }
        host.file("/6", "hello");

        allowing().fetch(host.under("127.0.0.1") + "/1", LONG, this::receive);

        assertThat(received).hasToString("hello");
        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/0", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class).hasMessage("Its URL redirects more than 5 times");
    }

    @Test
    void a_body_without_end_is_cut_off_at_the_size_that_is_allowed() {
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\n\r\n"));
            while (true) {
                out.write(new byte[10_000]);
            }
        });

        assertThatThrownBy(() -> allowing("max-size", "1M").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class)
                .hasMessage("It is larger than the 1048576 bytes that are allowed: no end came");
        assertThat(received.size()).isLessThanOrEqualTo(1_048_576);
    }

    @Test
    void a_body_that_is_announced_as_too_large_is_not_even_begun() {
        host.at("/a", out -> out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nxxx")));

        assertThatThrownBy(() -> allowing("max-size", "1M").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class).hasMessageEndingWith("2000000 bytes were announced");
        assertThat(received.size()).isZero();
    }

    @Test
    void a_body_larger_than_announced_is_no_file() {
        host.at("/a", out -> out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more")));

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessage("More came than the 5 bytes that were announced");
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "X-GZIP", "deflate", "raw deflate", "deflate, gzip", "gzip, identity", "aws-chunked, gzip",
            "utf-8" })
    void what_comes_packed_is_unpacked(String coding) throws IOException {
        var card = StrangeHost.bytes("BEGIN:VCARD\r\n".repeat(10_000));
        var packed = packed(card, coding);
        packed("/a.vcf", coding.replace("raw ", ""), "text/vcard", packed, packed.length);

        var file = allowing().fetch(host.under("127.0.0.1") + "/a.vcf", LONG, this::receive);

        assertThat(received.toByteArray()).isEqualTo(card);
        assertThat(file.size()).isEqualTo(card.length);
        assertThat(file.sha256()).isEqualTo("3bd5ffe477798e5dbf827ec39827f466010f6482708d86ca824a54fa8b5dff3a");
    }

    @Test
    void what_was_packed_in_pieces_comes_whole() throws IOException {
        var pieces = new ByteArrayOutputStream();
        pieces.writeBytes(packed(StrangeHost.bytes("hello"), "gzip"));
        pieces.writeBytes(packed(StrangeHost.bytes(", and more"), "gzip"));
        packed("/a", "gzip", "image/png", pieces.toByteArray(), pieces.size());

        allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive);

        assertThat(received).hasToString("hello, and more");
    }

    @Test
    void an_archive_stays_packed() throws IOException {
        var packed = packed(StrangeHost.bytes("hello"), "gzip");
        packed("/a.gz", "gzip", "application/gzip", packed, packed.length);

        allowing().fetch(host.under("127.0.0.1") + "/a.gz", LONG, this::receive);

        assertThat(received.toByteArray()).isEqualTo(packed);
    }

    @Test
    void what_is_too_large_when_it_is_unpacked_is_cut_off() throws IOException {
        var packed = packed(new byte[50_000_000], "gzip");
        packed("/a", "gzip", "image/png", packed, packed.length);

        assertThatThrownBy(() -> allowing("max-size", "1M").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Refused.class)
                .hasMessage("It is larger than the 1048576 bytes that are allowed: no end came");
        assertThat(received.size()).isLessThanOrEqualTo(1_048_576);
    }

    @Test
    void what_is_packed_and_breaks_off_is_no_file() throws IOException {
        var packed = packed(StrangeHost.bytes("hello".repeat(1000)), "gzip");
        packed("/short", "gzip", "image/png", packed, packed.length + 10);
        packed("/cut", "gzip", "image/png", Arrays.copyOf(packed, packed.length - 10), packed.length - 10);
        packed("/more", "gzip", "image/png", packed, packed.length - 1);

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/short", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class)
                .hasMessage("It ended after %d of %d bytes".formatted(packed.length, packed.length + 10));
        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/cut", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("It cannot be unpacked: ");
        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/more", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("More came than the ");
    }

    @Test
    void what_is_not_packed_as_its_host_says_is_no_file() {
        for (var coding : List.of("gzip", "deflate", "br", "zstd", "gzip, gzip, gzip, gzip")) {
            packed("/a", coding, "image/png", StrangeHost.bytes("hello"), 5);

            assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive)).as(coding)
                    .isInstanceOf(DownloadException.Failed.class);
        }
    }

    @Test
    void nothing_that_is_said_to_be_packed_is_nothing() throws IOException {
        packed("/a", "gzip", "image/png", new byte[0], 0);

        assertThat(allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive).size()).isZero();
    }

    @Test
    void a_body_smaller_than_announced_is_no_file() {
        host.at("/a", out -> out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")));

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessage("It ended after 5 of 50 bytes");
    }

    @Test
    void chunks_that_break_off_are_no_file() {
        host.at("/a", out -> out.write(
                StrangeHost.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")));

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("It broke off after 5 bytes");
    }

    @Test
    @Landing
    void a_host_that_leaves_the_connection_open_after_the_last_byte_has_given_the_file() throws IOException {
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
            out.flush();
            Thread.sleep(60_000);
        });

        assertThat(allowing("longest-silence", "2s").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive).size())
                .isEqualTo(5);
    }

    @Test
    @Landing
    void a_slow_drip_is_given_up() {
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n"));
            drip(out, "x");
        });

        assertThatThrownBy(() -> allowing("longest-silence", "2s").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("It came too slowly: ");
    }

    @Test
    @Landing
    void silence_in_the_middle_is_given_up() {
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\nhello"));
            out.flush();
            Thread.sleep(60_000);
        });

        assertThatThrownBy(
                () -> allowing("longest-silence", "2s").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessage("Nothing came for 2000 ms, after 5 bytes");
    }

    @Test
    @Thorough
    void an_answer_whose_head_only_drips_is_given_up() {
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nX-Slow: "));
            drip(out, "x");
        });

        assertThatThrownBy(
                () -> allowing("longest-silence", "2s").fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("127.0.0.1 did not answer in time");
    }

    @Test
    void a_head_without_end_is_given_up() {
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nX-Long: "));
            while (true) {
                out.write(StrangeHost.bytes("x".repeat(10_000)));
            }
        });

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("127.0.0.1 did not answer: ");
    }

    @Test
    @Landing
    void time_is_bounded_wherever_it_is_spent() {
        // Chunks of no size that is ever told: no byte of the body comes, and no silence either.
        host.at("/a", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;"));
            drip(out, "x");
        });

        assertThatThrownBy(
                () -> allowing().fetch(host.under("127.0.0.1") + "/a", Duration.ofSeconds(1), this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("It took too long: ");
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 402, 403, 404, 410, 416, 451 })
    void a_refusal_is_told_from_a_failure(int status) {
        host.at("/a", out -> out.write(StrangeHost.bytes("HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n".formatted(status))));

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Denied.class).hasMessage("Its host answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = { 204, 206, 304, 408, 425, 429, 500, 503 })
    void no_other_answer_is_a_file(int status) {
        host.at("/a", out -> out.write(StrangeHost.bytes("HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n".formatted(status))));

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessage("Its host answered " + status);
    }

    @Test
    void a_host_that_is_not_there_is_a_failure() throws IOException {
        var http = http(name -> {
            throw new UnknownHostException(name);
        }, PublicAddresses::contain);

        assertThatThrownBy(() -> http.fetch("http://gone.example.com/a", LONG, this::receive))
                .isInstanceOf(DownloadException.Failed.class).hasMessage("There is no host gone.example.com");
        // A port that is free can be another test's in the next moment; one that is held and not listened on refuses.
        try (var held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = held.getLocalPort();
            assertThatThrownBy(() -> allowing(port).fetch("http://127.0.0.1:" + port + "/a", LONG, this::receive))
                    .isInstanceOf(DownloadException.Failed.class).hasMessageStartingWith("127.0.0.1 did not answer: ");
        }
    }

    @Test
    void trouble_of_the_store_is_not_taken_for_the_hosts() {
        host.file("/a", "hello");

        assertThatThrownBy(() -> allowing().fetch(host.under("127.0.0.1") + "/a", LONG, (bytes, type) -> {
            throw new IOException("No space left on device");
        })).isInstanceOf(IOException.class).isNotInstanceOf(DownloadException.class);
    }

    private void packed(String path, String coding, String type, byte[] body, int announced) {
        host.at(path, out -> {
            out.write(StrangeHost
                    .bytes("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
                            .formatted(type, coding, announced)));
            out.write(body);
        });
    }

    private static byte[] packed(byte[] bytes, String codings) throws IOException {
        var packed = bytes;
        for (var coding : codings.split(", ", -1)) {
            var out = new ByteArrayOutputStream();
            try (var packing = switch (coding) {
                case "gzip", "X-GZIP" -> new GZIPOutputStream(out);
                case "deflate" -> new DeflaterOutputStream(out);
                case "raw deflate" -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true));
                default -> out;
            }) {
                packing.write(packed);
            }
            packed = out.toByteArray();
        }
        return packed;
    }

    private void drip(OutputStream out, String drop) throws IOException, InterruptedException {
        while (true) {
            out.write(StrangeHost.bytes(drop));
            out.flush();
            Thread.sleep(50);
        }
    }

    private void receive(InputStream bytes, @Nullable String contentType) throws IOException {
        received.writeBytes(bytes.readAllBytes());
    }

    /** As it is in production: nothing that is not public may be fetched. */
    private static MediaHttp guarded() {
        var config = MediaConfigs.with();
        return new MediaHttp(new MediaHosts(config, SystemNames.resolver()), config);
    }

    /** The same, but that the host here is allowed, under its address. */
    private MediaHttp allowing(String... settings) {
        return allowing(host.port(), settings);
    }

    private static MediaHttp allowing(int port, String... settings) {
        var all = new ArrayList<>(Arrays.asList(settings));
        all.addAll(List.of("allowed-hosts", "127.0.0.1:" + port));
        var config = MediaConfigs.with(all.toArray(String[]::new));
        return new MediaHttp(new MediaHosts(config, SystemNames.resolver()), config);
    }

    private static MediaHttp http(NameResolver resolver, Predicate<InetAddress> isPublic) {
        var config = MediaConfigs.with();
        return new MediaHttp(new MediaHosts(config, resolver, isPublic), config);
    }

    /** Another address each time it is asked. */
    private NameResolver resolving(String... addresses) {
        return name -> {
            resolved.add(name);
            return new InetAddress[] { InetAddress.getByName(addresses[resolved.size() - 1]) };
        };
    }
}
