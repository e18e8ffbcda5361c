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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Although an address is connected to, it is a name that the host has to be certified for. */
class MediaHttpTlsTest {

    private final List<String> names = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void the_name_is_asked_for_and_a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        try (var server = server()) {
            Thread.startVirtualThread(() -> accept(server));
            var config = MediaConfigs.with();
            var http = new MediaHttp(new MediaHosts(config, name -> new InetAddress[] { InetAddress.getLoopbackAddress() },
                    address -> true), config);

            assertThatThrownBy(() -> http.fetch("https://files.example.com:%d/a".formatted(server.getLocalPort()),
                    Duration.ofSeconds(60), (bytes, type) -> {
                        throw new AssertionError("Nothing may come");
                    })).isInstanceOf(DownloadException.Failed.class)
                    .hasMessageContaining("files.example.com did not answer").hasMessageContaining("PKIX");

            assertThat(names).containsExactly("files.example.com");
        }
    }

    private SSLServerSocket server() throws IOException, GeneralSecurityException, InterruptedException {
        var file = folder.resolve("keys.p12");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "EC", "-dname", "CN=files.example.com", "-ext", "san=dns:files.example.com", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", "password", "-alias", "a").redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var keys = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(file)) {
            keys.load(input, "password".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "password".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private void accept(SSLServerSocket server) {
        try (var socket = (SSLSocket) server.accept()) {
            var parameters = socket.getSSLParameters();
            parameters.setSNIMatchers(List.of(new SNIMatcher(0) {
                @Override
                public boolean matches(SNIServerName name) {
                    return names.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
                }
            }));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        } catch (IOException e) {
            // The client does not like the certificate.
        }
    }
}
