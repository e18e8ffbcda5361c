package org.openphoneimport.local.sample;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleNote;
import org.openphoneimport.local.sample.document.SampleTask;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.BesideOthers;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openphoneimport.local.sample.SampleClient.encoded;
import static org.openphoneimport.local.sample.SampleClient.json;

/** The dated API of the sample workspace. */
@BesideOthers
class SampleDatedTest {

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
    void without_the_right_version_nothing_is_answered_and_the_key_is_not_even_looked_at() {
        for (var request : List.of(client.request("/messages"), client.request("/messages").header("Quo-Api-Version", "1"),
                client.request("/messages").setHeader("Authorization", "wrong"))) {
            var refused = client.send(request.build());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Json.read(refused.body()).path("message").asText()).contains("Quo-Api-Version");
        }
        var wrongKey = client.send(dated("/messages").setHeader("Authorization", "wrong").build());
        assertThat(wrongKey.statusCode()).isEqualTo(401);
        assertThat(Json.read(wrongKey.body()).fieldNames()).toIterable()
                .containsExactlyInAnyOrder("title", "message", "docs", "trace");
    }

    @ParameterizedTest
    @CsvSource({ "/messages?limit=51, limit", "/messages?limit=0, limit", "/messages?maxResults=10, maxResults",
            "/messages?createdAt[gte]=2026-01-01T00:00:00Z, createdAt[gte]",
            "/messages?createdAt[lt]=yesterday, createdAt[lt]", "/messages?sort=createdAt:asc, sort",
            "/calls?createdAt[gt]=2026-01-01T00:00:00Z, createdAt[gt]", "/calls?include=recording, include",
            "/calls?sort=createdAt:asc, sort", "/calls?after=abc, after", "/conversations?sort=lastActivityAt:asc, sort",
            "/conversations?updatedAt[gt]=2026-01-01T00:00:00Z, updatedAt[gt]", "/organization?limit=1, limit" })
    void what_it_does_not_know_is_refused_by_name(String path, String parameter) {
        var refused = get(path.replace("[", "%5B").replace("]", "%5D"));
        assertThat(refused.statusCode()).isEqualTo(400);
        var body = Json.read(refused.body());
        assertThat(body.has("code")).isFalse();
        assertThat(body.get("errors").get(0).get("path").asText()).isEqualTo("/" + parameter);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/conversations", "/messages", "/calls" })
    void a_list_shows_each_row_once_whatever_the_pages(String list) {
        var expected = switch (list) {
            case "/conversations" -> new TreeSet<>(workspace.threads().conversationIds());
            case "/messages" -> new TreeSet<>(workspace.threads().messageIds());
            default -> allCallIds();
        };
        assertThat(json(get(list)).get("data")).hasSize(10);
        assertThat(ids(pages(list + "?limit=50"))).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ids(pages(list + "?limit=7"))).isEqualTo(ids(pages(list + "?limit=50")));
    }

    @Test
    void messages_and_calls_come_newest_first_and_conversations_as_asked() {
        assertThat(times(pages("/messages?limit=50"), "createdAt")).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(times(pages("/calls?limit=50"), "createdAt")).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(times(pages("/conversations?limit=50"), "createdAt")).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(times(pages("/conversations?limit=50&sort=updatedAt:asc"), "updatedAt")).isSorted();
    }

    @Test
    void the_bounds_of_messages_are_excluded_and_those_of_calls_and_conversations_are_included() {
        var message = pages("/messages?limit=50").get(30).get("createdAt").asText();
        assertThat(times(pages("/messages?limit=50&createdAt%5Bgt%5D=" + message), "createdAt"))
                .isNotEmpty().allMatch(Instant.parse(message)::isBefore);
        assertThat(times(pages("/messages?limit=50&createdAt%5Blt%5D=" + message), "createdAt"))
                .isNotEmpty().allMatch(Instant.parse(message)::isAfter);
        var call = pages("/calls?limit=50").get(10).get("createdAt").asText();
        assertThat(times(pages("/calls?limit=50&createdAt%5Bgte%5D=" + call + "&createdAt%5Blte%5D=" + call), "createdAt"))
                .isNotEmpty().containsOnly(Instant.parse(call));
        var conversation = times(pages("/conversations?limit=50"), "createdAt").get(10).toString();
        assertThat(times(pages("/conversations?limit=50&createdAt%5Bgte%5D=" + conversation + "&createdAt%5Blte%5D="
                + conversation), "createdAt")).isNotEmpty().containsOnly(Instant.parse(conversation));
    }

    @Test
    void calls_name_all_parties_and_bring_summary_and_voicemail_when_asked() {
        assertThat(pages("/calls?limit=50")).noneMatch(call -> call.has("summary") || call.has("voicemail"));
        var rows = pages("/calls?limit=50&include=summary,voicemail");
        assertThat(rows).allMatch(call -> call.get("summary").has("status") && call.has("actorId") && !call.has("userId"));
        for (var row : rows) {
            var call = workspace.calls().call(row.get("id").asText()).orElseThrow();
            assertThat(row.get("participants").findValuesAsText("phoneNumber")).isEqualTo(call.participants());
            assertThat(row.has("voicemail")).isEqualTo(workspace.calls().voicemails().containsKey(call.id()));
        }
        assertThat(rows).anyMatch(call -> call.get("participants").size() > 2).anyMatch(call -> call.has("voicemail"));
    }

    @Test
    void a_transcript_belongs_to_a_recording_and_begins_with_it() {
        int segments = 0;
        for (var call : workspace.calls().calls()) {
            var recordings = json(get("/calls/" + call.id() + "/recordings?limit=50")).get("data");
            assertThat(ids(recordings)).isEqualTo(workspace.calls().recordings(call.id()).stream()
                    .map(recording -> recording.id()).toList());
            var transcripts = json(get("/calls/" + call.id() + "/transcripts")).get("data");
            var merged = workspace.calls().transcripts().get(call.id());
            if (merged == null || merged.dialogue() == null || recordings.isEmpty()) {
                continue;
            }
            var starts = new ArrayList<Double>();
            for (var transcript : transcripts) {
                double offset = Duration.between(call.createdAt(), Instant.parse(transcript.get("startTime").asText()))
                        .toMillis() / 1000d;
                transcript.get("dialogue")
                        .forEach(line -> starts.add(Math.round((offset + line.get("start").asDouble()) * 10) / 10d));
                segments++;
            }
            assertThat(starts).isEqualTo(merged.dialogue().stream().map(line -> line.start()).toList());
        }
        assertThat(segments).isPositive();
        assertThat(get("/calls/ACnone/recordings").statusCode()).isEqualTo(404);
    }

    @Test
    void an_unlisted_conversation_shows_in_its_messages_alone() {
        var conversation = workspace.threads().messages().getFirst().conversationId();
        workspace.threads().unlist(conversation);
        assertThat(ids(pages("/conversations?limit=50"))).doesNotContain(conversation).hasSize(
                workspace.threads().conversationIds().size() - 1);
        assertThat(pages("/messages?limit=50")).anyMatch(row -> row.get("conversationId").asText().equals(conversation));
    }

    @Test
    void a_conversation_names_no_assignee_and_a_phone_number_no_users() {
        assertThat(pages("/conversations?limit=50")).noneMatch(row -> row.has("assignedTo"));
        assertThat(pages("/phone-numbers?limit=50")).hasSize(12)
                .allMatch(row -> row.has("phoneNumber") && !row.has("users") && !row.has("number"));
        assertThat(pages("/users?limit=3")).hasSize(8);
        assertThat(pages("/contacts?limit=50")).hasSize(workspace.directory().contacts().size())
                .allMatch(row -> row.has("firstName") && !row.has("defaultFields"));
        assertThat(json(get("/organization")).get("data").get("subscriptionStatus").asText()).isEqualTo("active");
    }

    @Test
    void a_number_tells_its_hours_members_and_settings_unless_it_is_closed() {
        var number = workspace.directory().phoneNumbers().getFirst();
        workspace.extras().recording(number.id(), false);
        var path = "/phone-numbers/" + number.id();
        assertThat(json(get(path)).get("data").has("businessHours")).isFalse();
        var whole = json(get(path + "?include=restrictions,businessHours")).get("data");
        assertThat(whole.get("businessHours").get("timezone").asText()).isEqualTo("America/Los_Angeles");
        assertThat(whole.get("restrictions").get("calling").get("Intl").asText()).isEqualTo("restricted");
        assertThat(ids(pages(path + "/users?limit=2"))).containsExactlyInAnyOrderElementsOf(
                number.users().stream().map(user -> user.id()).toList());
        assertThat(json(get(path + "/settings")).get("data").get("autoRecord").asBoolean()).isFalse();

        workspace.extras().close(number.id());
        for (var part : List.of("", "/users", "/settings")) {
            assertThat(get(path + part).statusCode()).as(part).isEqualTo(403);
        }
        assertThat(get("/phone-numbers/PNnone/settings").statusCode()).isEqualTo(404);
        assertThat(get(path + "?include=users").statusCode()).isEqualTo(400);
    }

    @Test
    void both_generations_tell_the_same_of_tasks_each_in_its_way() {
        var tasks = workspace.extras().tasks();
        assertThat(tasks).extracting(SampleTask::status).contains("open", "completed", "deleted");
        assertThat(pages("/tasks?limit=2")).hasSize(tasks.size()).allSatisfy(row -> {
            var task = workspace.extras().task(row.get("taskId").asText()).orElseThrow();
            assertThat(row.get("status").asText()).isEqualTo(task.status());
            assertThat(row.get("revision").isInt()).isTrue();
        });
        assertThat(json(client.get("/v1/tasks?maxResults=100")).get("data")).hasSize(tasks.size()).allSatisfy(row -> {
            var task = workspace.extras().task(row.get("taskId").asText()).orElseThrow();
            assertThat(row.get("isDeleted").asBoolean()).isEqualTo(task.status().equals("deleted"));
            assertThat(row.get("completed").asBoolean()).isEqualTo(task.status().equals("completed"));
            assertThat(row.get("revision").isTextual()).isTrue();
        });
        assertThat(get("/tasks?limit=101").statusCode()).isEqualTo(400);
    }

    @Test
    void about_one_contact_in_ten_has_notes_whose_files_the_media_host_gives() {
        var notes = new ArrayList<JsonNode>();
        int contacts = 0;
        for (var contact : workspace.directory().contacts()) {
            var page = pages("/contacts/" + contact.id() + "/notes?limit=50");
            contacts += page.isEmpty() ? 0 : 1;
            notes.addAll(page);
            assertThat(pages("/contacts/" + contact.id() + "/properties?limit=50"))
                    .hasSize(contact.defaultFields().phoneNumbers().size() + contact.defaultFields().emails().size()
                            + contact.customFields().size())
                    .anyMatch(property -> property.get("type").asText().equals("phone-number"));
            assertThat(json(get("/contacts/" + contact.id() + "/shares")).get("data")).isNotEmpty();
        }
        assertThat(contacts).isBetween(1, workspace.directory().contacts().size() / 4);
        assertThat(ids(notes)).containsExactlyInAnyOrderElementsOf(
                workspace.extras().notes().stream().map(SampleNote::id).toList());
        var url = notes.stream().flatMap(note -> note.get("media").findValuesAsText("url").stream()).findFirst().orElseThrow();
        assertThat(client.send(HttpRequest.newBuilder(URI.create(url)).build()).body()).isEqualTo(SampleMedia.bytes(url));
        assertThat(get("/contacts/none/notes").statusCode()).isEqualTo(404);
    }

    private Set<String> allCallIds() {
        var ids = new TreeSet<String>();
        Stream.of(workspace.calls().calls(), workspace.calls().groupCalls()).flatMap(List::stream).map(SampleCall::id)
                .forEach(ids::add);
        return ids;
    }

    private HttpRequest.Builder dated(String path) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).header("User-Agent", "sample-test/1")
                .header("Authorization", server.apiKey()).header("Quo-Api-Version", "2026-03-30");
    }

    private HttpResponse<byte[]> get(String path) {
        return client.send(dated(path).build());
    }

    private List<JsonNode> pages(String list) {
        var rows = new ArrayList<JsonNode>();
        String after = "";
        while (after != null) {
            var page = json(get(list + after));
            page.get("data").forEach(rows::add);
            after = page.get("nextCursor").isNull() ? null : "&after=" + encoded(page.get("nextCursor").asText());
        }
        return rows;
    }

    private static List<String> ids(Iterable<JsonNode> rows) {
        var ids = new ArrayList<String>();
        rows.forEach(row -> ids.add(row.get("id").asText()));
        return ids;
    }

    /** Without those that have none. */
    private static List<Instant> times(List<JsonNode> rows, String field) {
        return rows.stream().map(row -> row.get(field)).filter(at -> !at.isNull()).map(at -> Instant.parse(at.asText()))
                .toList();
    }
}
