package org.openphoneimport.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A file is never in memory as a whole: one of 1 GB comes in a process that has 256 MB. */
// A gigabyte on the disk: too much for every build.
@Tag("chaos")
class LargeFileTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final long SIZE = 1024L * MEGABYTE;

    @TempDir
    Path folder;

    @Test
    void a_gigabyte_streams_with_a_heap_of_256_megabytes() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp",
                System.getProperty("java.class.path"), LargeFileTest.class.getName(), folder.toString())
                .redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        System.out.println(output);

        assertThat(process.exitValue()).as(output).isZero();
        assertThat(Files.size(folder.resolve("message/AC1/0"))).isEqualTo(SIZE);
    }

    /** What runs in that process: host, download and store. */
    public static void main(String[] args) throws IOException {
        // As the application's configuration has it: the client would log every byte.
        Logger.getLogger("org.apache.hc").setLevel(Level.INFO);
        try (var host = StrangeHost.start()) {
            host.at("/a", out -> {
                out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(SIZE)));
                var megabyte = new byte[MEGABYTE];
                for (long sent = 0; sent < SIZE; sent += MEGABYTE) {
                    out.write(megabyte);
                }
            });
            var config = MediaConfigs.with("allowed-hosts", "127.0.0.1", "max-size", "1G");
            var store = new FolderStore(Path.of(args[0]), Clock.systemUTC());
            long began = System.nanoTime();
            var file = new MediaHttp(new MediaHosts(config, SystemNames.resolver()), config).fetch(
                    host.under("127.0.0.1") + "/a",
                    Duration.ofMinutes(4), (bytes, type) -> store.store("message/AC1/0", "video/mp4", bytes));
            var runtime = Runtime.getRuntime();
            System.out.printf("%d bytes in %d s, SHA-256 %s; heap: %d MB committed of %d MB%n", file.size(),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(), file.sha256(),
                    runtime.totalMemory() / MEGABYTE, runtime.maxMemory() / MEGABYTE);
            System.exit(file.size() == SIZE ? 0 : 1);
        }
    }
}
