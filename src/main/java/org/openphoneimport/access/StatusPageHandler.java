package org.openphoneimport.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.invocation.Invoked;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.vertx.core.buffer.Buffer;

/**
 * status-page: answers events of a function URL (payload version 2.0) with what this application's own HTTP server answers, as
 * a proxy does. It serves only while that server refuses strangers.
 */
@Named("status-page")
@Invoked
public class StatusPageHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    /**
     * Not handed on: those about a connection, and what anybody can claim about where a request comes from. Host is: AWS routes
     * by it, so it is the function URL's own name.
     */
    private static final Set<String> NOT_ASKED = Set.of("connection", "keep-alive", "transfer-encoding", "te", "trailer",
            "upgrade", "content-length", "cookie", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
            "x-forwarded-proto", "x-forwarded-prefix", "x-forwarded-ssl", "x-real-ip");

    private static final Set<String> NOT_ANSWERED = Set.of("connection", "keep-alive", "transfer-encoding", "content-length",
            "set-cookie");

    // What a function may answer, 6 MB, less a quarter for Base64 and some for the headers.
    private static final int LARGEST_BODY = 4_400_000;

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Loopback loopback;
    private final ClosedDoor door;

    StatusPageHandler(Loopback loopback, ClosedDoor door) {
        this.loopback = loopback;
        this.door = door;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        if (!door.isClosed()) {
            return problem(401, "No users are configured, so nothing is shown");
        }
        return relay(event, Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN));
    }

    APIGatewayV2HTTPResponse relay(APIGatewayV2HTTPEvent event, Duration longest) {
        try {
            var answer = loopback.ask(ask(event), longest);
            return answer.body().length() > LARGEST_BODY
                    ? problem(502, "The answer has " + answer.body().length() + " bytes, more than a function may answer")
                    : response(answer, host(event));
        } catch (TimeoutException e) {
            return problem(504, "The page was not made in time");
        }
    }

    private static Loopback.Ask ask(APIGatewayV2HTTPEvent event) {
        var query = event.getRawQueryString();
        var headers = new ArrayList<Map.Entry<String, String>>();
        event.getHeaders().forEach((name, value) -> {
            if (!NOT_ASKED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(Map.entry(name, value));
            }
        });
        var cookies = event.getCookies();
        if (cookies != null && !cookies.isEmpty()) {
            headers.add(Map.entry("cookie", String.join("; ", cookies)));
        }
        // Function URLs speak nothing else. It decides whether cookies are for secure connections only.
        headers.add(Map.entry("x-forwarded-proto", "https"));
        return new Loopback.Ask(event.getRequestContext().getHttp().getMethod(),
                event.getRawPath() + (query == null || query.isEmpty() ? "" : "?" + query), headers, body(event));
    }

    private static Buffer body(APIGatewayV2HTTPEvent event) {
        var body = event.getBody();
        if (body == null) {
            return Buffer.buffer();
        }
        return event.getIsBase64Encoded() ? Buffer.buffer(Base64.getDecoder().decode(body)) : Buffer.buffer(body);
    }

    private static APIGatewayV2HTTPResponse response(Loopback.Answer answer, String host) {
        var headers = new LinkedHashMap<String, String>();
        var cookies = new ArrayList<String>();
        for (var header : answer.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                cookies.add(header.getValue());
            } else if (name.equals("location")) {
                // To the server behind us everything is plain HTTP.
                headers.put(name, header.getValue().replace("http://" + host + "/", "https://" + host + "/"));
            } else if (!NOT_ANSWERED.contains(name)) {
                headers.merge(name, header.getValue(), (one, other) -> one + ", " + other);
            }
        }
        var body = answer.body().getBytes();
        var text = text(body);
        return APIGatewayV2HTTPResponse.builder().withStatusCode(answer.status()).withHeaders(headers).withCookies(cookies)
                .withBody(text == null ? Base64.getEncoder().encodeToString(body) : text)
                .withIsBase64Encoded(text == null).build();
    }

    /** What can be told as text, byte for byte; null for everything else. */
    private static @Nullable String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String host(APIGatewayV2HTTPEvent event) {
        return String.valueOf(event.getHeaders().get("host"));
    }

    private static APIGatewayV2HTTPResponse problem(int status, String what) {
        return APIGatewayV2HTTPResponse.builder().withStatusCode(status)
                .withHeaders(Map.of("content-type", "application/json", "cache-control", "no-store"))
                .withCookies(List.of()).withBody("{\"error\":\"" + what + "\",\"field\":null}").build();
    }
}
