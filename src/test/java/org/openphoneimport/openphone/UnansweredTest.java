package org.openphoneimport.openphone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;

import jakarta.ws.rs.ProcessingException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

/** What kept an answer from coming, said in words. */
@BesideOthers
class UnansweredTest {

    static Stream<Arguments> thrown() {
        return Stream.of(Arguments.of(new UnknownHostException("api.example.com"), "the host api.example.com is not known"),
                Arguments.of(new ConnectException("Connection refused: localhost"), "the connection was refused"),
                Arguments.of(new SocketTimeoutException("Read timed out"), "no answer came in time"),
                Arguments.of(new SocketException("Connection reset"), "Connection reset"),
                Arguments.of(new IOException(new SocketException("Broken pipe")), "Broken pipe"),
                Arguments.of(new ClosedChannelException(), "the connection was closed"),
                Arguments.of(new IllegalStateException("Odd"), "IllegalStateException (Odd)"),
                Arguments.of(new IllegalStateException(), "IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void a_cause_is_told_whatever_it_is_wrapped_in(Throwable cause, String words) {
        assertThat(Unanswered.words(cause)).isEqualTo(words);
        assertThat(Unanswered.words(new ProcessingException(cause))).isEqualTo(words);
    }
}
