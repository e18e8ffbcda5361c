package org.openphoneimport.local.sample;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.BesideOthers;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openphoneimport.local.sample.SampleClient.encoded;
import static org.openphoneimport.local.sample.SampleClient.json;
import static org.openphoneimport.local.sample.SampleClient.parties;

@BesideOthers
class SampleServerTest {

    private final SampleServer server = SampleServer
            .start(SampleSettings.defaults().withConversations(230).withRate(0));
    private final SampleClient client = new SampleClient(server);
    private final SampleWorkspace workspace = server.workspace();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void paging_shows_every_conversation_once_newest_activity_first() {
        var rows = client.pages("/v1/conversations?", 100);
        assertThat(ids(rows)).containsExactlyInAnyOrderElementsOf(workspace.threads().conversationIds());
        var times = rows.stream().map(row -> row.get("lastActivityAt")).map(at -> at.isNull() ? Instant.MIN
                : Instant.parse(at.asText())).toList();
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a)).endsWith(Instant.MIN);
        assertThat(server.requests().count("/v1/conversations")).isEqualTo(3);
    }

    @Test
    void what_an_importer_can_ask_for_is_exactly_what_the_workspace_holds() {
        var messages = new TreeSet<String>();
        var calls = new TreeSet<String>();
        for (var conversation : workspace.threads().conversations()) {
            messages.addAll(ids(client.pages("/v1/messages?" + parties(conversation) + "&", 100)));
            if (conversation.participants().size() == 1) {
                calls.addAll(ids(client.pages("/v1/calls?" + parties(conversation) + member(conversation) + "&", 100)));
            }
        }
        assertThat(messages).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(calls).isEqualTo(new TreeSet<>(workspace.calls().ids()));
        assertThat(server.unknownParameters()).isEmpty();
    }

    @Test
    void documents_are_served_as_they_are_with_the_address_of_the_media_host() {
        for (var message : workspace.threads().messages().stream().limit(300).toList()) {
            var expected = Json.read(Json.bytes(message));
            var received = json(client.get("/v1/messages/" + message.id())).get("data");
            assertThat(received.toString()).isEqualTo(server.served(expected.toString()));
        }
    }

    @Test
    void messages_of_two_conversations_with_the_same_parties_come_in_one_list() {
        var twin = workspace.threads().conversations().stream().filter(conversation -> workspace.threads().conversations()
                .stream().filter(other -> parties(other).equals(parties(conversation))).count() > 1).findFirst().orElseThrow();
        var rows = client.pages("/v1/messages?" + parties(twin) + "&", 100);
        assertThat(rows.stream().map(row -> row.get("conversationId").asText()).distinct()).hasSize(2);
    }

    @Test
    void messages_can_be_asked_for_by_who_sent_them() {
        var list = "/v1/messages?" + parties(longest()) + "&";
        var all = client.pages(list, 100);
        var sender = all.stream().map(row -> row.path("userId").asText("")).filter(user -> user.startsWith("US")).findFirst()
                .orElseThrow();
        assertThat(client.pages(list + "userId=" + sender + "&", 100)).hasSizeLessThan(all.size()).isNotEmpty()
                .allMatch(row -> row.get("userId").asText().equals(sender));
    }

    @Test
    void new_rows_do_not_shift_the_pages_behind() {
        var longest = longest();
        var list = "/v1/messages?" + parties(longest) + "&maxResults=100";
        var expected = ids(client.pages("/v1/messages?" + parties(longest) + "&", 100));
        var seen = new ArrayList<String>();
        String token = "";
        for (int added = 0; token != null; added++) {
            var page = json(client.get(list + token));
            page.get("data").forEach(row -> seen.add(row.get("id").asText()));
            workspace.addMessage("ACadded" + added, longest.id(), "hello", SampleWorkspace.END.plusSeconds(added));
            token = page.get("nextPageToken").isNull() ? null : "&pageToken=" + page.get("nextPageToken").asText();
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(client.pages("/v1/conversations?", 1).getFirst().get("id").asText()).isEqualTo(longest.id());
    }

    @Test
    void what_is_changed_while_it_runs_is_served_at_once() {
        var at = SampleWorkspace.END;
        var number = workspace.directory().phoneNumbers().getFirst();
        workspace.addConversation("CNnew", number.id(), List.of("+12015550100"), at);
        workspace.addMessage("ACnew", "CNnew", "hello", at);
        workspace.threads().changeStatus("ACnew", "delivered", at.plusSeconds(1));
        var row = client.pages("/v1/messages?phoneNumberId=" + number.id() + "&participants=%2B12015550100&", 10).getFirst();
        assertThat(row.get("status").asText()).isEqualTo("delivered");
        assertThat(row.get("updatedAt").asText()).isEqualTo("2026-11-01T00:00:01Z");
        assertThat(ids(client.pages("/v1/conversations?updatedAfter=2026-10-31T23:59:59.999Z&", 100))).containsExactly("CNnew");
    }

    @Test
    void both_time_bounds_are_excluded() {
        var longest = longest();
        var list = "/v1/messages?" + parties(longest) + "&";
        var rows = client.pages(list, 100);
        var middle = rows.get(250).get("createdAt").asText();
        var after = client.pages(list + "createdAfter=" + middle + "&", 100);
        var before = client.pages(list + "createdBefore=" + middle + "&", 100);
        var at = rows.stream().filter(row -> row.get("createdAt").asText().equals(middle)).count();
        assertThat(after.size() + before.size()).isEqualTo(rows.size() - (int) at);
        assertThat(client.pages(list + "since=" + middle + "&", 100)).isEqualTo(before);
    }

    @Test
    void conversations_can_be_asked_for_by_number_user_and_activity() {
        var number = workspace.directory().phoneNumbers().get(11);
        var expected = workspace.threads().conversations().stream()
                .filter(conversation -> conversation.phoneNumberId().equals(number.id())).map(SampleConversation::id).toList();
        assertThat(ids(client.pages("/v1/conversations?phoneNumbers=" + number.id() + "&", 100)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ids(client.pages("/v1/conversations?phoneNumber=" + encoded(number.number()) + "&", 100)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ids(client.pages("/v1/conversations?userId=" + workspace.directory().owner().id() + "&", 100)))
                .doesNotContainAnyElementsOf(expected);
        assertThat(client.pages("/v1/conversations?excludeInactive=true&", 100))
                .allMatch(row -> row.get("deletedAt").isNull());
    }

    @Test
    void the_directory_is_served_whole() {
        assertThat(json(client.get("/v1/phone-numbers")).get("data")).hasSize(12);
        assertThat(client.pages("/v1/users?", 3)).hasSize(8);
        assertThat(ids(client.pages("/v1/contacts?", 50)))
                .containsExactlyInAnyOrderElementsOf(workspace.directory().contacts().stream().map(SampleContact::id).toList());
        assertThat(json(client.get("/v1/contact-custom-fields")).get("data")).hasSize(6);
        var contact = workspace.directory().contacts().getFirst();
        assertThat(json(client.get("/v1/contacts/" + contact.id())).get("data").toString())
                .isEqualTo(Json.tree(contact).toString());
        var deleted = workspace.directory().deletedNumbers().getFirst();
        assertThat(client.get("/v1/phone-numbers/" + deleted.id()).statusCode()).isEqualTo(404);
    }

    @Test
    void parts_of_calls_are_served_or_missing() {
        for (var call : workspace.calls().calls()) {
            var recordings = json(client.get("/v1/call-recordings/" + call.id())).get("data");
            assertThat(recordings).hasSize(workspace.calls().recordings(call.id()).size());
            for (var kind : List.of("voicemail", "transcript", "summarie")) {
                boolean there = switch (kind) {
                    case "voicemail" -> workspace.calls().voicemails().containsKey(call.id());
                    case "transcript" -> workspace.calls().transcripts().containsKey(call.id());
                    default -> workspace.calls().summaries().containsKey(call.id());
                };
                assertThat(client.get("/v1/call-" + kind + "s/" + call.id()).statusCode()).isEqualTo(there ? 200 : 404);
            }
        }
    }

    @Test
    void webhooks_are_made_listed_and_deleted() {
        var body = "{\"url\":\"https://example.com/x\",\"events\":[\"call.ringing\"],\"status\":\"disabled\"}";
        var made = json(client.send(client.request("/v1/webhooks/calls")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build())).get("data");
        assertThat(made.get("status").asText()).isEqualTo("disabled");
        assertThat(ids(json(client.get("/v1/webhooks")).get("data"))).hasSize(3).contains(made.get("id").asText());
        var delete = client.request("/v1/webhooks/" + made.get("id").asText()).DELETE().build();
        assertThat(client.send(delete).statusCode()).isEqualTo(204);
        assertThat(client.send(delete).statusCode()).isEqualTo(404);
        assertThat(workspace.webhooks().all()).hasSize(2);
    }

    @Test
    void the_media_host_serves_every_file_and_refuses_the_api_key() {
        var url = workspace.mediaUrls().stream().filter(name -> name.endsWith(".jpg")).findFirst().orElseThrow();
        var uri = URI.create(server.served(url));
        var plain = client.send(HttpRequest.newBuilder(uri).build());
        assertThat(plain.body()).isEqualTo(SampleMedia.bytes(url)).hasSizeBetween(1024, 60 * 1024);
        assertThat(plain.headers().firstValue("Content-Type")).contains("image/jpeg");
        var withKey = client.send(HttpRequest.newBuilder(uri).header("Authorization", server.apiKey()).build());
        assertThat(withKey.statusCode()).isEqualTo(400);
        assertThat(server.mediaRequests().count()).isEqualTo(2);
        assertThat(server.requests().count()).isZero();
    }

    private SampleConversation longest() {
        var counts = workspace.threads().messages().stream().collect(Collectors
                .groupingBy(message -> message.conversationId(), Collectors.counting()));
        return workspace.threads().conversations().stream()
                .max(Comparator.comparing(conversation -> counts.getOrDefault(conversation.id(), 0L))).orElseThrow();
    }

    /** Returns the parameter that lets a member read where the key's owner may not. */
    private String member(SampleConversation conversation) {
        return workspace.directory().phoneNumbers().stream()
                .filter(number -> number.id().equals(conversation.phoneNumberId())).findFirst()
                .map(number -> "&userId=" + number.users().getFirst().id()).orElse("");
    }

    private static List<String> ids(Iterable<JsonNode> rows) {
        var ids = new ArrayList<String>();
        rows.forEach(row -> ids.add(row.get("id").asText()));
        return ids;
    }
}
