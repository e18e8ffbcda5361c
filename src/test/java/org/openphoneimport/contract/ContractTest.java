package org.openphoneimport.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.BesideOthers;

import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the contracts see: a wrong parameter or an answer that does not fit is named. */
@BesideOthers
class ContractTest {

    private final SampleSettings settings = Bench.sample(28).withRate(0);
    private final ContractWatch watch = new ContractWatch();
    private final HttpClient http = HttpClient.newHttpClient();
    private SampleServer server;

    @BeforeEach
    void watch_a_server() throws IOException {
        server = SampleServer.start(settings);
        server.intercept(watch);
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /v1/messages?phoneNumberId=PN1&participants=%2B16175550123&maxResults=10&participant=1 | unknown parameter participant
            /v1/messages?participants=%2B16175550123&maxResults=10                                  | missing phoneNumberId
            /v1/messages?phoneNumberId=PN1&maxResults=10                                            | missing participants
            /v1/messages?phoneNumberId=PN1&participants=%2B16175550123                              | missing maxResults
            /v1/messages?phoneNumberId=PN1&participants=22395&maxResults=10                         | participants/n:
            /v1/messages?phoneNumberId=CN1&participants=%2B16175550123&maxResults=10                | phoneNumberId:
            /v1/messages?phoneNumberId=PN1&participants[]=%2B16175550123&maxResults=10              | unknown parameter participants[]
            /v1/messages?phoneNumberId=PN1&participants=%2B16175550123&maxResults=101               | maxResults:
            /v1/messages?phoneNumberId=PN1&participants=%2B16175550123&maxResults=10&createdAfter=1 | createdAfter:
            /v1/calls?phoneNumberId=PN1&participants=%2B16175550123&participants=2&maxResults=10    | participants:
            /v1/contacts?maxResults=100                                                             | maxResults:
            /v1/conversations?maxResults=ten                                                        | maxResults:
            /v1/users/CN1                                                                           | userId:
            /v1/nothing                                                                             | no such operation
            /messages?limit=51                                                                      | limit:
            /messages?maxResults=50                                                                 | unknown parameter maxResults
            /messages?createdAt[gte]=2026-01-01T00:00:00Z                                           | createdAt
            /messages?createdAt[gt]=2026                                                            | createdAt/gt:
            /messages?sort=createdAt:asc                                                            | sort:
            /calls?include=transcript                                                               | include/n:
            /calls?createdAt[between]=2026-01-01T00:00:00Z                                          | createdAt
            /conversations?sort=name:asc                                                            | sort:
            /contacts/1/parts                                                                       | no such operation
            """)
    void a_wrong_request_is_named(String request, String violation) throws Exception {
        get(request, true);

        assertThat(watch.violations()).anyMatch(found -> found.startsWith("request: ") && found.contains(": " + violation));
    }

    @Test
    void a_dated_request_without_its_version_is_named() throws Exception {
        get("/messages?limit=10", false);

        assertThat(watch.violations()).containsExactly("request: GET /messages: missing Quo-Api-Version");
    }

    @Test
    void a_body_that_does_not_fit_is_named() throws Exception {
        http.send(HttpRequest.newBuilder(URI.create(server.baseUrl() + "/v1/webhooks/messages"))
                .header("Authorization", server.apiKey()).header("User-Agent", "contract-test/1")
                .POST(HttpRequest.BodyPublishers
                        .ofString("{\"url\":\"https://crm.example.com\",\"events\":[\"call.ringing\"]}"))
                .build(), HttpResponse.BodyHandlers.discarding());

        assertThat(watch.violations())
                .anyMatch(found -> found.startsWith("request: POST /v1/webhooks/messages: body /events/n"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/users?maxResults=10", "/users?limit=10" })
    void an_answer_that_does_not_fit_is_named(String list) throws Exception {
        server.intercept(request -> switch (watch.intercept(request)) {
            case Fault.Change(var check) -> new Fault.Change(reply -> check.apply(reply.changeJson(document -> {
                ((ObjectNode) document.path("data").path(0)).put("role", "king").remove("email");
                return document;
            })));
            case Fault fault -> fault;
        });

        get(list, true);

        assertThat(watch.violations()).hasSize(2).anyMatch(found -> found.contains("200 /data/n: "))
                .anyMatch(found -> found.contains("200 /data/n/role: "));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/users?maxResults=10", "/users?limit=10", "/v1/conversations?maxResults=100",
            "/conversations?limit=50&sort=updatedAt:asc&updatedAt[gte]=2020-01-01T00:00:00Z", "/organization",
            "/calls?include=summary,voicemail&limit=50", "/v1/phone-numbers", "/v1/webhooks" })
    void what_fits_is_left_alone(String request) throws Exception {
        assertThat(get(request, true)).isEqualTo(200);

        assertThat(watch.violations()).isEmpty();
    }

    private int get(String path, boolean withVersion) throws IOException, InterruptedException {
        var request = HttpRequest
                .newBuilder(URI.create(server.baseUrl() + path.replace("[", "%5B").replace("]", "%5D")))
                .header("Authorization", server.apiKey()).header("User-Agent", "contract-test/1");
        if (withVersion && !path.startsWith("/v1/")) {
            request.header("Quo-Api-Version", "2026-03-30");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
