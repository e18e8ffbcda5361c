package org.openphoneimport.local.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks a sample server as a well-behaved client would, unless told otherwise. */
final class SampleClient implements AutoCloseable {

    private static final int MOST_ROWS = 10_000;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SampleServer server;

    SampleClient(SampleServer server) {
        this.server = server;
    }

    HttpResponse<byte[]> get(String pathAndQuery) {
        return send(request(pathAndQuery).build());
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + pathAndQuery)).header("User-Agent", "sample-test/1")
                .header("Authorization", server.apiKey());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the rows of all pages of a list; {@code list} ends with what a parameter can be put behind. */
    List<JsonNode> pages(String list, int maxResults) {
        var rows = new ArrayList<JsonNode>();
        String token = "";
        do {
            var page = json(get(list + "maxResults=" + maxResults + token));
            page.get("data").forEach(rows::add);
            token = page.get("nextPageToken").isNull() ? null : "&pageToken=" + page.get("nextPageToken").asText();
            if (rows.size() > MOST_ROWS) {
                throw new IllegalStateException("The pages of " + list + " do not end");
            }
        } while (token != null);
        return rows;
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return Json.read(response.body());
    }

    /** Returns the parameters that ask for a conversation's messages or calls. */
    static String parties(SampleConversation conversation) {
        return "phoneNumberId=" + conversation.phoneNumberId() + conversation.participants().stream()
                .map(number -> "&participants=" + encoded(number)).collect(Collectors.joining());
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
