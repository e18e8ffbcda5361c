package org.openphoneimport.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PortsTest {

    @Test
    void a_port_is_promised_once_although_nobody_listens_there_yet() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(Ports.freeOrAny(port)).isEqualTo(port);
        assertThat(Ports.freeOrAny(port)).isZero();
        Files.delete(Ports.promise(port));
    }

    @Test
    void a_port_where_somebody_listens_is_left_to_them() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.freeOrAny(socket.getLocalPort())).isZero();
            Files.delete(Ports.promise(socket.getLocalPort()));
        }
    }

    @Test
    void what_is_no_port_is_told_with_its_setting() {
        for (var wrong : new String[] { "80800", "-1", "abc" }) {
            assertThatThrownBy(() -> requirePage(Map.of("QUARKUS_HTTP_PORT", wrong))).as(wrong)
                    .hasMessage("QUARKUS_HTTP_PORT must be a port from 0 to 65535, not " + wrong);
        }
    }

    @Test
    void a_page_whose_port_is_used_is_not_begun() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(socket.getLocalPort());

            assertThatThrownBy(() -> requirePage(Map.of("QUARKUS_HTTP_PORT", port))).hasMessage(
                    "Port " + port + " is used by another program: set QUARKUS_HTTP_PORT to another one");
        }
    }

    @Test
    void a_page_at_an_address_of_another_machine_is_not_begun() {
        assertThatThrownBy(() -> requirePage(Map.of("QUARKUS_HTTP_HOST", "192.0.2.1", "QUARKUS_HTTP_PORT", "0")))
                .hasMessageStartingWith("The page cannot be served at 192.0.2.1, port 0: ")
                .hasMessageEndingWith(". Set QUARKUS_HTTP_HOST or QUARKUS_HTTP_PORT to another one");
    }

    private static void requirePage(Map<String, String> variables) {
        Ports.requirePage(Environment.of(variables));
    }
}
