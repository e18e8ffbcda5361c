package org.openphoneimport.media;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Although an address is connected to, it is the name in the URL that the host has to be certified for. */
class MediaHttpTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();
    private static final List<String> NAMES = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static KeyStore keys;
    private static SSLServerSocket server;

    /** One that is certified for a name and for its address. */
    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        keys = keys();
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                answer(server);
            }
        });
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void forgetNames() {
        NAMES.clear();
    }

    @Test
    void the_name_is_asked_for_and_a_certificate_that_nobody_vouches_for_is_refused() {
        var config = MediaConfigs.with();

        assertThatThrownBy(() -> fetch(new MediaHttp(hosts(config), config), "files.example.com"))
                .isInstanceOf(DownloadException.Failed.class)
                .hasMessageContaining("files.example.com did not answer").hasMessageContaining("PKIX");

        assertThat(NAMES).containsExactly("files.example.com");
    }

    @Test
    void a_host_that_is_certified_for_the_name_in_the_url_is_believed() throws Exception {
        assertThat(fetch(trusting(), "files.example.com").size()).isEqualTo(5);
    }

    @Test
    void a_certificate_for_another_name_is_refused_although_it_is_trusted_and_says_the_address() {
        assertThatThrownBy(() -> fetch(trusting(), "other.example.com")).isInstanceOf(DownloadException.Failed.class)
                .hasMessageContaining("other.example.com did not answer")
                .hasMessageContaining("No subject alternative DNS name matching other.example.com");
    }

    private static MediaHttp.Received fetch(MediaHttp http, String host) throws IOException {
        return http.fetch("https://%s:%d/a".formatted(host, server.getLocalPort()), Duration.ofSeconds(60),
                (bytes, type) -> bytes.readAllBytes());
    }

    /** One that trusts the server's certificate. */
    private static MediaHttp trusting() throws GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(keys);
        var trust = SSLContext.getInstance("TLS");
        trust.init(null, managers.getTrustManagers(), null);
        var config = MediaConfigs.with();
        return new MediaHttp(hosts(config), config, trust);
    }

    private static MediaHosts hosts(MediaConfig config) {
        return new MediaHosts(config, name -> new InetAddress[] { InetAddress.getLoopbackAddress() }, address -> true);
    }

    private static KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        var file = folder.resolve("keys.p12");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "EC", "-dname", "CN=files.example.com", "-ext", "san=dns:files.example.com,ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD), "-alias", "a")
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // A certificate of its own, so that whoever has it in his store trusts it.
        var pair = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(file)) {
            pair.load(input, PASSWORD);
        }
        pair.setCertificateEntry("trusted", pair.getCertificate("a"));
        return pair;
    }

    private static void answer(SSLServerSocket server) {
        try (var socket = (SSLSocket) server.accept()) {
            var parameters = socket.getSSLParameters();
            parameters.setSNIMatchers(List.of(new SNIMatcher(0) {
                @Override
                public boolean matches(SNIServerName name) {
                    return NAMES.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
                }
            }));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        } catch (IOException e) {
            // The client does not like the certificate.
        }
    }
}
