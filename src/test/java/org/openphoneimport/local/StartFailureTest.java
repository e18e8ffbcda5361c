package org.openphoneimport.local;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.runtime.QuarkusBindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Who has set something wrong reads a sentence, no stack trace. */
@BesideOthers
class StartFailureTest {

    @TempDir
    Path temporary;

    @Test
    @Landing
    void the_process_ends_with_a_sentence_for_a_wrong_value_and_for_what_a_bean_refuses() throws InterruptedException {
        try (var value = start("value", "OPENPHONE_API", "v2");
                var users = start("users", "PAGE_USERS", "olga:secret:operator")) {
            assertThat(value.awaitExit()).isEqualTo(1);
            assertThat(users.awaitExit()).isEqualTo(1);
            assertThat(value.log()).isEqualToIgnoringNewLines(
                    "openphone-import could not start. OPENPHONE_API must be v1, 2026-03-30 or auto, not v2");
            assertThat(users.log()).isEqualToIgnoringNewLines("openphone-import could not start. PAGE_USERS must list users as "
                    + "name:hash:role, with the password's bcrypt hash and viewer or operator as role; \"olga:...\" is not one");
        }
    }

    @Test
    void the_process_that_finds_its_port_used_has_started_nothing() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var process = LocalProcess.start(temporary.resolve("port"), Map.of(),
                        Map.of("quarkus.http.port", String.valueOf(other.getLocalPort())))) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.log()).isEqualToIgnoringNewLines("openphone-import could not start. Port " + other.getLocalPort()
                    + " is used by another program: set QUARKUS_HTTP_PORT to another one");
            assertThat(temporary.resolve("port")).doesNotExist();
        }
    }

    @Test
    void the_process_whose_files_have_no_place_has_started_nothing() throws Exception {
        var file = Files.writeString(temporary.resolve("file"), "");
        try (var process = start("media", "MEDIA_DIRECTORY", file.toString())) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.log()).isEqualToIgnoringNewLines("openphone-import could not start. MEDIA_DIRECTORY: the folder "
                    + file + " cannot be written: " + file + " is a file, not a folder. Set it to another one");
            assertThat(temporary.resolve("media")).doesNotExist();
        }
    }

    @Test
    void our_own_words_are_told_without_what_is_wrapped_around_them() {
        var ours = catchThrowable(() -> new OpenDoor(Optional.empty(), "0.0.0.0"));

        assertThat(sentence(wrapped(wrapped(ours)))).isEqualTo(ours.getMessage());
    }

    @Test
    void of_other_failures_the_root_cause_is_told() {
        assertThat(sentence(wrapped(catchThrowable(() -> Integer.parseInt("x"))))).isEqualTo("For input string: \"x\"");
        assertThat(sentence(wrapped(catchThrowable(() -> List.of().iterator().next()))))
                .isEqualTo("java.util.NoSuchElementException");
    }

    /** By a program that has begun since {@link Ports#requirePage} looked. */
    @Test
    void a_port_that_the_server_finds_used_is_told_with_its_setting() {
        var failure = new QuarkusBindException("127.0.0.1", 8080, new BindException("Address already in use"));

        assertThat(sentence(wrapped(failure)))
                .isEqualTo("Port 8080 is used by another program: set QUARKUS_HTTP_PORT to another one");
    }

    /** By a library. */
    private static Throwable wrapped(Throwable cause) {
        return catchThrowable(() -> CompletableFuture.failedFuture(cause).join());
    }

    /** As SmallRye Config tells them. */
    @Test
    void each_value_that_cannot_be_read_is_told_with_its_variable() {
        var failure = new RuntimeException(
                """
                        Configuration validation failed:
                        \tjava.lang.IllegalArgumentException: SRCFG00039: The config property import.batch-size with the config value "some" \
                        threw an Exception whilst being converted SRCFG00029: Expected an integer value, got "some"
                        \tjava.lang.IllegalArgumentException: SRCFG00039: The config property openphone.rate with the config value "fast" \
                        threw an Exception whilst being converted OPENPHONE_RATE must be auto or a number, not fast
                        """);

        assertThat(sentence(failure))
                .isEqualTo("IMPORT_BATCH_SIZE cannot be \"some\": Expected an integer value, got \"some\". "
                        + "Correct it, or leave it out. OPENPHONE_RATE must be auto or a number, not fast");
    }

    private static String sentence(Throwable failure) {
        return StartFailure.of(failure).sentence();
    }

    private LocalProcess start(String name, String variable, String value) {
        return LocalProcess.start(temporary.resolve(name), Map.of("SAMPLE_CONVERSATIONS", "1", variable, value), Map.of());
    }
}
