package org.openphoneimport.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
}
