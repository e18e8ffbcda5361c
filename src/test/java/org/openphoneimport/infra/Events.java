package org.openphoneimport.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Events as AWS sends them. */
final class Events {

    private Events() {
    }

    /** A record of the import queue, and one that nobody can read. */
    static String sqs(String body) {
        return read("sqs-event.json").replace("{BODY}", body.replace("\"", "\\\""));
    }

    static String schedule() {
        return read("scheduler-event.json");
    }

    /** A request to a function URL, to be changed. */
    static ObjectNode url(String method, String path, String query) {
        var event = (ObjectNode) Json.read(read("url-event.json").getBytes(StandardCharsets.UTF_8));
        event.put("rawPath", path).put("rawQueryString", query);
        event.withObject("/requestContext/http").put("method", method).put("path", path);
        return event;
    }

    private static String read(String file) {
        try (var in = Events.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
