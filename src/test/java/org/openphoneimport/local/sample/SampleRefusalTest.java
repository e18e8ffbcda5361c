package org.openphoneimport.local.sample;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.http.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openphoneimport.local.sample.SampleClient.encoded;
import static org.openphoneimport.local.sample.SampleClient.json;
import static org.openphoneimport.local.sample.SampleClient.parties;

class SampleRefusalTest {

    private static final SampleServer SERVER = SampleServer
            .start(SampleSettings.defaults().withConversations(230).withRate(0));
    private static final SampleClient CLIENT = new SampleClient(SERVER);
    private static final SampleWorkspace WORKSPACE = SERVER.workspace();

    private final SamplePhoneNumber number = WORKSPACE.directory().phoneNumbers().getFirst();

    @BeforeEach
    void reset() {
        SERVER.requests().reset();
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        SERVER.close();
    }

    @Test
    void a_missing_a_wrong_and_a_bearer_key_are_refused_in_the_wrapped_shape() {
        for (var key : new String[] { "wrong", "Bearer " + SERVER.apiKey(), "" }) {
            var refused = CLIENT.send(CLIENT.request("/v1/phone-numbers").setHeader("Authorization", key).build());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(Json.read(refused.body()).get("error").fieldNames()).toIterable()
                    .containsExactlyInAnyOrder("message", "key", "trace");
        }
        var without = HttpRequest.newBuilder(URI.create(SERVER.baseUrl() + "/v1/users")).header("User-Agent", "test").build();
        assertThat(CLIENT.send(without).statusCode()).isEqualTo(401);
        assertThat(SERVER.requests().countStatus(401)).isEqualTo(4);
    }

    @Test
    void the_user_agent_of_a_library_is_turned_away_by_the_proxy() {
        var plain = HttpRequest.newBuilder(URI.create(SERVER.baseUrl() + "/v1/phone-numbers"))
                .header("Authorization", SERVER.apiKey()).build();
        var refused = CLIENT.send(plain);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(text(refused)).contains("1010").startsWith("<!DOCTYPE html>");
    }

    @ParameterizedTest
    @CsvSource({
            "/v1/conversations, 1000400, maxResults",
            "/v1/conversations?maxResults=0, 1000400, maxResults",
            "/v1/conversations?maxResults=101, 1000400, maxResults",
            "/v1/conversations?maxResults=ten, 1000400, maxResults",
            "/v1/conversations?maxResults=10&createdAfter=yesterday, 1000400, createdAfter",
            "/v1/conversations?maxResults=10&pageToken=abc, 1000400, pageToken",
            "/v1/conversations?maxResults=10&phoneNumbers=12015550100, 1000400, phoneNumbers",
            "/v1/conversations?maxResults=10&excludeInactive=yes, 1000400, excludeInactive",
            "/v1/users?maxResults=51, 1100400, maxResults",
            "/v1/contacts?maxResults=100, 0800400, maxResults",
            "/v1/contacts, 0800400, maxResults",
            "/v1/messages?maxResults=10&participants=%2B12015550100, 0200400, phoneNumberId",
            "/v1/messages?maxResults=10&phoneNumberId=XX1&participants=%2B12015550100, 0200400, phoneNumberId",
            "/v1/messages?maxResults=10&phoneNumberId=PN1, 0200400, participants",
            "/v1/messages?maxResults=10&phoneNumberId=PN1&participants=+12015550100, 0200400, participants",
            "/v1/messages?maxResults=10&phoneNumberId=PN1&participants%5B%5D=%2B12015550100, 0200400, participants",
            "/v1/messages?phoneNumberId=PN1&participants=%2B12015550100, 0200400, maxResults",
            "/v1/calls?maxResults=10&phoneNumberId=PN1, 0100400, participants",
            "/v1/calls?maxResults=10&phoneNumberId=PN1&participants=&userId=US1, 0100400, participants" })
    void a_wrong_parameter_is_refused_by_name(String path, String code, String parameter) {
        var refused = CLIENT.get(path);
        assertThat(refused.statusCode()).isEqualTo(400);
        var body = Json.read(refused.body());
        assertThat(body.get("code").asText()).isEqualTo(code);
        assertThat(body.get("status").asInt()).isEqualTo(400);
        assertThat(body.has("message") && body.has("docs") && body.has("title")).isTrue();
        assertThat(body.get("errors").get(0).get("path").asText()).isEqualTo("/" + parameter);
        assertThat(body.get("errors").get(0).get("schema").has("type")).isTrue();
    }

    @Test
    void brackets_are_refused_where_the_array_is_required_and_ignored_where_it_is_not() {
        assertThat(text(CLIENT.get("/v1/messages?maxResults=10&phoneNumberId=PN1&participants[]=%2B12015550100")))
                .contains("Expected array");
        assertThat(json(CLIENT.get("/v1/conversations?maxResults=100&phoneNumbers[]=" + number.id())).get("data")).hasSize(100);
        assertThat(SERVER.unknownParameters()).contains("/v1/conversations phoneNumbers[]", "/v1/messages participants[]");
    }

    @Test
    void more_than_twenty_repeated_keys_and_more_than_ten_participants_are_refused() {
        var ids = IntStream.range(0, 21).mapToObj(i -> "&externalIds=crm-" + i).collect(Collectors.joining());
        assertThat(CLIENT.get("/v1/contacts?maxResults=50" + ids).statusCode()).isEqualTo(400);
        assertThat(CLIENT.get("/v1/contacts?maxResults=50" + ids.replace("&externalIds=crm-20", "")).statusCode())
                .isEqualTo(200);
        var eleven = IntStream.range(0, 11).mapToObj(i -> "&participants=%2B1201555010" + i % 10).collect(Collectors.joining());
        assertThat(CLIENT.get("/v1/messages?maxResults=50&phoneNumberId=" + number.id() + eleven).statusCode()).isEqualTo(400);
    }

    @Test
    void calls_of_groups_cannot_be_had() {
        var call = WORKSPACE.calls().groupCalls().getFirst();
        for (var path : new String[] { "/v1/calls/" + call.id(), "/v1/calls?maxResults=10&phoneNumberId=" + number.id()
                + "&participants=%2B12015550100&participants=%2B12015550101" }) {
            var refused = CLIENT.get(path);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Json.read(refused.body()).get("code").asText()).isEqualTo("0101400");
            assertThat(Json.read(refused.body()).get("title").asText()).isEqualTo("Too Many Participants");
        }
    }

    @Test
    void calls_of_a_number_the_owner_is_no_member_of_are_read_as_one_of_its_members() {
        var closed = WORKSPACE.directory().phoneNumbers().getLast();
        var conversation = over(closed.id());
        var calls = "/v1/calls?maxResults=10&" + parties(conversation);
        assertThat(Json.read(CLIENT.get(calls).body()).get("code").asText()).isEqualTo("0101403");
        assertThat(CLIENT.get(calls + "&userId=" + closed.users().getFirst().id()).statusCode()).isEqualTo(200);
    }

    @Test
    void what_went_over_a_deleted_number_can_be_read() {
        var deleted = WORKSPACE.directory().deletedNumbers().getFirst();
        assertThat(CLIENT.get("/v1/messages?maxResults=10&" + parties(over(deleted.id()))).statusCode()).isEqualTo(200);
    }

    @Test
    void a_page_token_of_another_list_is_refused() {
        var token = json(CLIENT.get("/v1/conversations?maxResults=10")).get("nextPageToken").asText();
        assertThat(CLIENT.get("/v1/conversations?maxResults=20&pageToken=" + encoded(token)).statusCode()).isEqualTo(200);
        assertThat(CLIENT.get("/v1/conversations?maxResults=10&excludeInactive=true&pageToken=" + encoded(token)).statusCode())
                .isEqualTo(400);
        assertThat(CLIENT.get("/v1/users?maxResults=10&pageToken=" + encoded(token)).statusCode()).isEqualTo(400);
    }

    @Test
    void unknown_routes_and_methods_answer_bare_html() {
        for (var path : new String[] { "/v1/phoneNumbers", "/v2/calls", "/", "/v1/calls/AC1/transcript",
                "/v1/conversations/CN1" }) {
            assertThat(CLIENT.get(path).statusCode()).isEqualTo(404);
            assertThat(text(CLIENT.get(path))).startsWith("<!DOCTYPE html>");
        }
        var post = CLIENT.request("/v1/conversations").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        assertThat(CLIENT.send(post).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({ "messages, 0200404", "calls, 0100404", "call-recordings, 0900404", "call-voicemails, 1200404",
            "call-transcripts, 0600404", "call-summaries, 0500404", "contacts, 0800404", "users, 1100404",
            "phone-numbers, 0400404", "webhooks, 0300404" })
    void an_unknown_id_is_not_found_with_the_code_of_its_resource(String resource, String code) {
        var refused = CLIENT.get("/v1/" + resource + "/none");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(Json.read(refused.body()).get("code").asText()).isEqualTo(code);
    }

    @Test
    void an_unknown_parameter_is_ignored_and_remembered() {
        assertThat(CLIENT.get("/v1/contacts?maxResults=10&pageSize=100").statusCode()).isEqualTo(200);
        assertThat(SERVER.unknownParameters()).contains("/v1/contacts pageSize");
    }

    private static SampleConversation over(String phoneNumberId) {
        return WORKSPACE.threads().conversations().stream()
                .filter(conversation -> conversation.phoneNumberId().equals(phoneNumberId))
                .filter(conversation -> conversation.participants().size() == 1).findFirst().orElseThrow();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
