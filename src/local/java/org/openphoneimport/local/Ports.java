package org.openphoneimport.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that stay the same from start to start, so that addresses that somebody noted go on to work. */
final class Ports {

    private Ports() {
    }

    /** The preferred port when it is free; else 0, for any other. */
    static int freeOrAny(int preferred) {
        try (var socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
