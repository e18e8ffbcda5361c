package org.openphoneimport.access;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a function URL answers is what the server on one machine answers. */
@QuarkusTest
class StatusPageHandlerTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Bench bench = Bench.get();

    @Inject
    @Named("status-page")
    StatusPageHandler handler;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void pages_and_json_are_byte_for_byte_those_of_the_server() {
        var run = bench.importAll().uuid("id");

        for (var address : List.of("/", "/runs", "/runs/" + run, "/runs/" + run + "/issues?level=error&q=%C3%A4%26+b",
                "/runs/" + run + "/log", "/runs/" + run + "?already=true", "/page.css", "/page.js",
                "/icon.svg?tone=busy&percent=40",
                "/api/runs?limit=5", "/api/runs/" + run, "/api/runs/" + run + "/events?limit=1000", "/api/runs/none",
                "/nothing/at%20all", "/q/openapi?format=json")) {
            // Pages tell the time to the second, so some pair is from one second.
            bench.soon().untilAsserted(() -> {
                var direct = ask(address);
                var relayed = relay(event("GET", address));

                assertThat(relayed.getStatusCode()).as(address).isEqualTo(direct.statusCode());
                assertThat(body(relayed)).as(address).isEqualTo(direct.body());
                assertThat(headers(relayed)).as(address).isEqualTo(headers(direct));
            });
        }
    }

    @Test
    void a_body_that_is_no_text_goes_there_and_back_as_it_is() {
        var bytes = new byte[] { 0, (byte) 0xC3, (byte) 0x28, (byte) 0xFF, 13, 10, 7 };
        var event = event("POST", "/test/echo?a=1&a=2&c=%2F");
        event.setIsBase64Encoded(true);
        event.setBody(Base64.getEncoder().encodeToString(bytes));

        var answer = relay(event);

        assertThat(body(answer)).isEqualTo(bytes);
        assertThat(answer.getIsBase64Encoded()).isTrue();
        assertThat(answer.getHeaders()).containsEntry("asked", "POST /test/echo?a=1&a=2&c=%2F");
    }

    @Test
    void cookies_and_headers_that_come_more_than_once_are_all_there() {
        var event = event("GET", "/test/echo");
        event.setCookies(List.of("session=abc", "theme=dark"));

        var answer = relay(event);

        assertThat(answer.getHeaders()).containsEntry("cookies", "session=abc; theme=dark")
                .containsEntry("vary", "Accept, Cookie").doesNotContainKey("set-cookie");
        assertThat(answer.getCookies()).containsExactly("one=1; HttpOnly", "two=2; Path=/");
    }

    @Test
    void a_redirect_names_no_address_and_what_a_request_claims_about_its_way_is_dropped() {
        var event = event("GET", "/test/echo");
        event.getHeaders().putAll(Map.of("x-forwarded-for", "127.0.0.1", "forwarded", "for=127.0.0.1", "x-forwarded-host",
                "localhost"));

        var answer = relay(event);

        assertThat(answer.getHeaders()).containsEntry("location", "/next")
                .containsEntry("claims", "null null null");
    }

    @Test
    @Landing
    void a_request_of_another_site_is_refused_as_by_the_server() {
        var event = event("POST", "/api/runs");
        event.getHeaders().put("origin", "https://evil.example.com");

        assertThat(relay(event).getStatusCode()).isEqualTo(403);
        assertThat(bench.database().size("import_runs")).isZero();
    }

    @Test
    @Landing
    void an_answer_that_no_function_may_give_is_said_to_be_too_large() {
        var event = event("POST", "/test/echo");
        event.setBody("x".repeat(5_000_000));

        var answer = relay(event);

        assertThat(answer.getStatusCode()).isEqualTo(502);
        assertThat(answer.getBody()).contains("5000000 bytes");
    }

    private APIGatewayV2HTTPResponse relay(APIGatewayV2HTTPEvent event) {
        return handler.relay(event, LONGEST);
    }

    private APIGatewayV2HTTPEvent event(String method, String address) {
        var parts = address.split("\\?", 2);
        var http = new APIGatewayV2HTTPEvent.RequestContext.Http();
        http.setMethod(method);
        var context = new APIGatewayV2HTTPEvent.RequestContext();
        context.setHttp(http);
        var event = new APIGatewayV2HTTPEvent();
        event.setRequestContext(context);
        event.setRawPath(parts[0]);
        event.setRawQueryString(parts.length > 1 ? parts[1] : "");
        event.setHeaders(new TreeMap<>(Map.of("host", bench.address().getAuthority(), "accept", "*/*")));
        return event;
    }

    private HttpResponse<byte[]> ask(String address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(bench.address().resolve(address)).header("accept", "*/*").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] body(APIGatewayV2HTTPResponse answer) {
        return answer.getIsBase64Encoded() ? Base64.getDecoder().decode(answer.getBody())
                : answer.getBody().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(APIGatewayV2HTTPResponse answer) {
        return new TreeMap<>(answer.getHeaders());
    }

    /** All but those about the connection, which Lambda makes anew. */
    private static Map<String, @Nullable String> headers(HttpResponse<?> answer) {
        var headers = new TreeMap<String, @Nullable String>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        headers.keySet().removeAll(List.of("content-length", "connection", "transfer-encoding", "keep-alive", "set-cookie"));
        return headers;
    }
}
