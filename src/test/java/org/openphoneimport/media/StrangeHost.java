package org.openphoneimport.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host on loopback that says whatever it was told to, byte for byte, and closes the connection. */
final class StrangeHost implements AutoCloseable {

    private final ServerSocket server;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();

    private StrangeHost(ServerSocket server) {
        this.server = server;
    }

    /** What is said to a request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    static StrangeHost start() {
        try {
            var host = new StrangeHost(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(host::accept);
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where it is under a name, such as {@code http://127.0.0.1:1234}. */
    String under(String name) {
        return "http://" + name + ":" + port();
    }

    /** Behaves so at a path. */
    StrangeHost at(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return this;
    }

    /** Answers 200 with that body, announced as it is. */
    StrangeHost file(String path, String body) {
        return at(path, out -> out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body))));
    }

    StrangeHost redirect(String path, String location) {
        return at(path, out -> out.write(bytes("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                .formatted(location))));
    }

    /** The lines of each request's head. */
    List<List<String>> requests() {
        return requests;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException e) {
                // It is being closed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                var reader = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            var head = new ArrayList<String>();
            for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.add(line);
            }
            requests.add(head);
            var path = head.isEmpty() ? "" : head.getFirst().split(" ", -1)[1];
            var behaviour = behaviours.getOrDefault(path,
                    out -> out.write(bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")));
            behaviour.answer(connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // The client has had enough.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
