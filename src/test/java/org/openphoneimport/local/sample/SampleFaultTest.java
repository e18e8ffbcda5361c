package org.openphoneimport.local.sample;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import com.fasterxml.jackson.databind.node.ArrayNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openphoneimport.local.sample.SampleClient.json;

@BesideOthers
class SampleFaultTest {

    private static final String PATH = "/v1/conversations?maxResults=100";

    private final SampleServer server = SampleServer.start(SampleSettings.defaults().withConversations(150).withRate(0));
    private final SampleClient client = new SampleClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void a_request_can_fail_at_first_and_succeed_when_repeated() {
        server.intercept(request -> request.attempt() <= 2 ? Fault.status(503) : Fault.none());
        assertThat(client.get(PATH).statusCode()).isEqualTo(503);
        assertThat(client.get(PATH).statusCode()).isEqualTo(503);
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
        assertThat(client.get("/v1/users?maxResults=10").statusCode()).isEqualTo(503);
        assertThat(server.requests().countStatus(503)).isEqualTo(3);
    }

    @Test
    void the_connection_can_end_in_the_middle_or_before_anything_was_said() {
        server.intercept(request -> Fault.cut());
        assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(UncheckedIOException.class);
        // of a body too small to be halved the end is missing nevertheless
        assertThatThrownBy(() -> client.get("/v1/users/none")).isInstanceOf(UncheckedIOException.class);
        server.intercept(request -> new Fault.Cut(0));
        assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(UncheckedIOException.class);
        server.intercept(Interceptor.NONE);
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void json_can_be_truncated_replaced_by_html_or_changed() {
        server.intercept(request -> Fault.truncated());
        var truncated = client.get(PATH);
        assertThat(truncated.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Json.read(truncated.body())).isInstanceOf(UncheckedIOException.class);
        server.intercept(request -> Fault.html());
        assertThat(new String(client.get(PATH).body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
        server.intercept(request -> Fault.changed(page -> {
            var rows = (ArrayNode) page.get("data");
            rows.add(rows.get(0));
            return page;
        }));
        assertThat(json(client.get(PATH)).get("data")).hasSize(101);
    }

    @Test
    @Landing
    void an_answer_can_be_late_or_never_come() {
        server.intercept(request -> Fault.delayed(Duration.ofMillis(200)));
        long before = System.nanoTime();
        assertThat(client.get(PATH).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(200));
        server.intercept(request -> new Fault.NoAnswer());
        var impatient = client.request(PATH).timeout(Duration.ofMillis(200)).build();
        assertThatThrownBy(() -> client.send(impatient)).hasRootCauseInstanceOf(HttpTimeoutException.class);
        assertThat(server.requests().countStatus(0)).isEqualTo(1);
    }

    @Test
    void an_interceptor_can_leave_to_another_what_it_does_not_want() {
        Interceptor users = request -> request.template().equals("/v1/users") ? Fault.status(500) : Fault.none();
        server.intercept(users.orElse(request -> Fault.status(502)));
        assertThat(client.get("/v1/users?maxResults=10").statusCode()).isEqualTo(500);
        assertThat(client.get(PATH).statusCode()).isEqualTo(502);
    }

    @Test
    void the_media_host_can_fail_too() {
        server.interceptMedia(request -> request.attempt() == 1 ? Fault.status(410) : Fault.none());
        var url = URI.create(server.served(server.workspace().mediaUrls().iterator().next()));
        assertThat(client.send(HttpRequest.newBuilder(url).build()).statusCode()).isEqualTo(410);
        assertThat(client.send(HttpRequest.newBuilder(url).build()).statusCode()).isEqualTo(200);
    }
}
