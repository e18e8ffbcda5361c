package org.openphoneimport.local.sample.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer, complete, before it is sent. */
public final class Reply {

    private static final String TYPE = "Content-Type";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns the document as JSON. */
    public static Reply json(int status, Object document) {
        return of(status, "application/json; charset=utf-8", Json.bytes(document));
    }

    /** Returns a page of HTML, as proxies and unknown routes answer. */
    public static Reply html(int status, String html) {
        return of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns bytes of that content type. */
    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of(TYPE, contentType), body);
    }

    /** Returns an answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** The headers, one value each; the content type is one of them. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** The body; empty when there is none. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns this answer with one more header. */
    public Reply header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    /** Returns this answer with its JSON changed; what is no JSON stays as it is. */
    public Reply changeJson(UnaryOperator<JsonNode> change) {
        return isJson() ? new Reply(status, headers, Json.bytes(change.apply(Json.read(body)))) : this;
    }

    /** Returns this answer with one text in its JSON replaced by another. */
    public Reply replace(String text, String replacement) {
        if (!isJson()) {
            return this;
        }
        var replaced = new String(body, StandardCharsets.UTF_8).replace(text, replacement);
        return new Reply(status, headers, replaced.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns this answer with only the first part of its body, as if that were all of it; {@code share} is 0 to 1. */
    public Reply truncate(double share) {
        return new Reply(status, headers, Arrays.copyOf(body, (int) (body.length * share)));
    }

    private boolean isJson() {
        return headers.getOrDefault(TYPE, "").startsWith("application/json");
    }
}
