package org.openphoneimport.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Ports that stay the same from start to start, so that addresses that were noted go on to work. */
final class Ports {

    private static final int HIGHEST = 65_535;

    // As in application.properties, which is read only when Quarkus starts.
    private static final int PAGE = 8080;

    private Ports() {
    }

    /**
     * The port that {@code QUARKUS_HTTP_PORT} names.
     *
     * @throws IllegalArgumentException saying what is one; the server would not name the setting
     */
    static int read(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= HIGHEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a port that is too high.
        }
        throw new IllegalArgumentException("QUARKUS_HTTP_PORT must be a port from 0 to %d, not %s".formatted(HIGHEST, text));
    }

    /**
     * Looks whether the page can be served, before anything is started that would be stopped again. The server may find
     * the port taken all the same, by a program that has begun meanwhile.
     *
     * @throws IllegalStateException saying what to set
     */
    static void requirePage(Environment environment) {
        var host = environment.get("QUARKUS_HTTP_HOST").orElse("127.0.0.1");
        int port = environment.get("QUARKUS_HTTP_PORT").map(Ports::read).orElse(PAGE);
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new IllegalStateException(cannotListen(host, port, e), e);
        }
    }

    /** Why no server can listen there, and what to set. */
    static String cannotListen(String host, int port, IOException e) {
        var why = String.valueOf(e.getMessage());
        return why.contains("already in use")
                ? "Port %d is used by another program: set QUARKUS_HTTP_PORT to another one".formatted(port)
                : "The page cannot be served at %s, port %d: %s. Set QUARKUS_HTTP_HOST or QUARKUS_HTTP_PORT to another one"
                        .formatted(host, port, why);
    }

    /**
     * The preferred port when it is free; else 0, for any other. A port is promised to one process at a time: two that begin in
     * the same moment both find it free, and the server of one would be taken for the other's.
     */
    static int freeOrAny(int preferred) {
        try {
            return ProcessLock.take(promise(preferred)) && isFree(preferred) ? preferred : 0;
        } catch (IOException e) {
            return 0; // another user's promise
        }
    }

    static Path promise(int port) {
        return Path.of(System.getProperty("java.io.tmpdir"), "openphone-import-%d.lock".formatted(port));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
