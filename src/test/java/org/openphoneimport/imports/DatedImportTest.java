package org.openphoneimport.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.RequestsNeeded;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** An import through the API of 2026-03-30: the same rows as through v1, for a fraction of the requests. */
@QuarkusTest
class DatedImportTest {

    /** What is compared, each with what tells its rows from each other. */
    private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("conversations", "id"),
            Map.entry("messages", "id"), Map.entry("calls", "id"), Map.entry("call_recordings", "id"),
            Map.entry("call_voicemails", "id"), Map.entry("call_transcripts", "call_id"),
            Map.entry("call_summaries", "call_id"), Map.entry("call_parts", "call_id, kind"),
            Map.entry("media", "subject, subject_id, position"), Map.entry("conversation_records", "conversation_id"),
            Map.entry("phone_numbers", "id"), Map.entry("users", "id"), Map.entry("contacts", "id"));

    /** All columns are compared but these. */
    private static final List<String> OMITTED = List.of(
            // Documents differ in their names for the same, and what is made of documents with them.
            "payload", "digest", "conversation_records.messages_digest",
            // One API is read by conversation, the other by time.
            "conversation_records.messages_read", "conversation_records.calls_read",
            // When it was imported.
            "last_run_id", "phone_numbers.listed_since", "users.listed_by", "contacts.listed_by", "call_parts.run_id",
            "call_parts.batch_id", "first_asked_at",
            "asked_at", "media.id",
            "media.stored_at", "media.sent_at", "media.tried_at", "media.attempts", "media.due_at", "media.claim",
            // A summary or voicemail that came with the list has never been asked for.
            "call_parts.attempts", "call_parts.due_at", "call_parts.answered",
            // v1 does not say when a segment began that is not ready; what it says is compared below.
            "call_recordings.start_time",
            // v1 does not tell segments apart.
            "call_transcripts.segments",
            // v1 alone says whom a conversation is assigned to, the other API alone lists calls of groups.
            "conversations.assigned_to", "conversation_records.calls", "conversation_records.calls_digest");

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void the_same_workspace_through_both_apis_is_the_same_rows_and_groups_calls_beside() {
        bench.importAll();
        var throughV1 = KEYS.keySet().stream().collect(Collectors.toMap(table -> table, this::rows));
        var assignees = assignees();
        bench.reset();

        var run = bench.importAllDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("2026-03-30");
        var groups = bench.workspace().calls().groupCalls().stream().map(SampleCall::id).collect(Collectors.toSet());
        assertThat(groups).isNotEmpty();
        for (var table : KEYS.keySet()) {
            var call = table.equals("calls") ? "id" : "call_id";
            assertThat(rows(table).stream().filter(row -> !row.columns().containsKey(call)
                    || !groups.contains(row.text(call))).toList()).as(table).isEqualTo(throughV1.get(table)).isNotEmpty();
        }
        assertThat(bench.database().ids("calls")).containsAll(groups);
        assertThat(bench.database().size("calls WHERE conversation_id IS NULL")).isZero();
        assertCountersEqualRows(run);
        assertThat(assignees).hasSizeGreaterThan(assignees().size());
    }

    @Test
    @Landing
    void what_v1_alone_says_stays_when_the_other_api_is_used_after_it() {
        bench.importAll();
        var before = assignees();

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(assignees()).isEqualTo(before).isNotEmpty();
        assertCountersEqualRows(run);
    }

    @Test
    @Landing
    void an_import_costs_a_page_for_fifty_rows_and_little_more() {
        bench.openPhone().serve(Bench.workspace(130));
        bench.openPhone().pageSize(50);
        bench.importAllDated();

        var requests = bench.openPhone().requests();
        // 130 conversations are 3 pages, for the run and for its verification; the others try the API, close the gap of each, and
        // stand for what half-full pages cost.
        assertThat(RequestsNeeded.asked(requests)).containsAllEntriesOf(Map.of("/organization", 2L, "/conversations", 9L,
                "/messages", 14L, "/calls", 10L)).containsOnlyKeys("/v1/phone-numbers", "/v1/users", "/v1/contacts",
                        "/v1/contact-custom-fields", "/organization", "/conversations", "/messages", "/calls",
                        "/calls/{callId}/recordings", "/calls/{callId}/transcripts", "/tasks",
                        "/phone-numbers/{phoneNumberId}", "/phone-numbers/{phoneNumberId}/users",
                        "/phone-numbers/{phoneNumberId}/settings", "/contacts/{contactId}/notes",
                        "/contacts/{contactId}/properties", "/contacts/{contactId}/shares");
    }

    @Test
    @Landing
    void rows_on_the_very_edges_of_slices_are_stored_once() {
        var workspace = empty();
        var number = number(workspace);
        var edges = IntStream.range(0, 36).mapToObj(i -> Instant.parse("%d-%02d-01T00:00:00Z".formatted(2023 + i / 12,
                1 + i % 12))).toList();
        for (int i = 0; i < edges.size(); i++) {
            var conversation = "CN%02d".formatted(i);
            workspace.addConversation(conversation, number, List.of("+1617555%04d".formatted(100 + i)), edges.get(i));
            for (int millis = -2; millis <= 2; millis++) {
                var at = edges.get(i).plusMillis(millis);
                workspace.addMessage("AC%02dm%d".formatted(i, millis), conversation, "Hello", at);
                workspace.addCall(call(workspace, "AC%02dc%d".formatted(i, millis), conversation, at), conversation);
            }
        }
        bench.openPhone().serve(workspace);

        var run = bench.importAllDated();

        assertThat(bench.database().size("import_batches WHERE kind = 'slice'")).isEqualTo(6);
        assertEverythingIsStored(run, workspace);
    }

    @Test
    @Landing
    void a_row_that_is_older_than_openphone_is_stored() {
        var workspace = empty();
        workspace.addConversation("CNold", number(workspace), List.of("+16175550100"), Instant.ofEpochMilli(999));
        workspace.addMessage("ACold", "CNold", "From before", Instant.ofEpochMilli(999));
        workspace.addMessage("ACnew", "CNold", "Hello", Instant.parse("2026-01-05T05:05:05.555Z"));
        bench.openPhone().serve(workspace);

        bench.importAllDated();

        assertThat(bench.database().ids("messages")).containsExactly("ACnew", "ACold");
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(booleans = { false, true })
    void five_hundred_rows_of_one_millisecond_are_stored_once_even_if_a_cursor_dies_among_them(boolean dies) {
        var workspace = empty();
        var at = Instant.parse("2025-05-05T05:05:05.555Z");
        workspace.addConversation("CNbusy", number(workspace), List.of("+16175550100"), at);
        for (int i = 0; i < 500; i++) {
            workspace.addMessage("AC%03d".formatted(i), "CNbusy", "Hello", at);
            workspace.addCall(call(workspace, "AD%03d".formatted(i), "CNbusy", at), "CNbusy");
        }
        workspace.addMessage("ACfirst", "CNbusy", "Hello", at.minusMillis(1));
        workspace.addMessage("AClast", "CNbusy", "Hello", at.plusMillis(1));
        bench.openPhone().serve(workspace);
        var paths = ConcurrentHashMap.<String> newKeySet();
        bench.openPhone().intercept(request -> {
            boolean inTheMidst = bench.openPhone().requests().count(request.path()) == 5;
            return dies && inTheMidst && request.parameter("after").isPresent() && paths.add(request.path())
                    ? Fault.status(400)
                    : Fault.none();
        });

        var run = bench.importAllDated();

        assertThat(paths).hasSize(dies ? 2 : 0);
        assertEverythingIsStored(run, workspace);
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(ints = { -300, 300 })
    void a_clock_that_is_five_minutes_off_loses_nothing(int seconds) {
        var workspace = Bench.anotherWorkspace();
        var number = number(workspace);
        var theirs = Instant.now().plusSeconds(seconds);
        bench.openPhone().serve(workspace);
        var added = new AtomicBoolean();
        bench.openPhone().intercept(request -> {
            // Both ends have been read by then.
            if (request.path().equals("/conversations") && request.query().contains("gte")
                    && added.compareAndSet(false, true)) {
                workspace.addConversation("CNlate", number, List.of("+16175550100"), theirs);
                workspace.addMessage("AClate", "CNlate", "Hello", theirs);
                workspace.addCall(call(workspace, "ADlate", "CNlate", theirs.plusMillis(1)), "CNlate");
            }
            return Fault.none();
        });

        var run = bench.importAllDated();

        assertThat(added).isTrue();
        assertEverythingIsStored(run, workspace);
        assertThat(bench.database().row("SELECT conversation_id FROM calls WHERE id = 'ADlate'").text("conversation_id"))
                .isEqualTo("CNlate");
    }

    @Test
    @Landing
    void conversations_that_no_listing_shows_are_kept_with_what_is_known() {
        var workspace = empty();
        var number = number(workspace);
        var at = Instant.parse("2025-05-05T05:05:05Z");
        workspace.addConversation("CNdeleted", number, List.of("+16175550100"), at);
        workspace.addMessage("ACdeleted", "CNdeleted", "Hello", at);
        workspace.threads().unlist("CNdeleted");
        workspace.addConversation("CNshort", number, List.of("24365"), at);
        workspace.addMessage("ACshort", "CNshort", "Your code is 1234", at);
        workspace.addConversation("CNhidden", number, List.of("Anonymous"), at);
        var hidden = call(workspace, "ADhidden", "CNhidden", at);
        workspace.addCall(hidden, "CNhidden");
        bench.openPhone().serve(workspace);
        bench.openPhone().intercept(request -> request.path().equals("/calls")
                ? new Fault.Change(reply -> reply.replace("Anonymous", "anonymous"))
                : Fault.none());

        var run = bench.importAllDated();

        assertEverythingIsStored(run, workspace);
        assertThat(bench.database().row("SELECT * FROM conversations WHERE id = 'CNdeleted'").text("thread_key"))
                .isEqualTo(number + " +16175550100");
        assertThat(bench.database().row("SELECT conversation_id FROM calls WHERE id = 'ADhidden'").text("conversation_id"))
                .isEqualTo("CNhidden");
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(strings = { "/organization", "/calls" })
    void a_workspace_that_refuses_the_api_is_imported_through_v1_with_a_warning(String path) {
        bench.openPhone().intercept(request -> request.path().equals(path) ? Fault.status(400) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(bench.workspace().threads().messageIds()));
        assertThat(bench.database().row("SELECT what FROM import_issues WHERE subject = 'run'").text("what"))
                .startsWith("The API of 2026-03-30 could not be used, so v1 was. OpenPhone answered 400 to GET " + path);
    }

    @Test
    @Landing
    void left_to_itself_an_import_takes_the_api_if_it_answers() {
        bench.openPhone().serve(Bench.workspace(20));

        assertThat(bench.importAllThroughEither().text("api")).isEqualTo("2026-03-30");
    }

    @ParameterizedTest
    @Thorough
    @MethodSource
    void left_to_itself_an_import_takes_v1_when_anything_is_unexpected(String path, Fault unexpected) {
        bench.openPhone().serve(Bench.workspace(20));
        bench.openPhone().intercept(request -> request.path().equals(path) ? unexpected : Fault.none());

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().rows("SELECT what FROM import_issues")).anySatisfy(
                row -> assertThat(row.text("what")).startsWith("The API of 2026-03-30 could not be used, so v1 was. "));
    }

    static Stream<Arguments> left_to_itself_an_import_takes_v1_when_anything_is_unexpected() {
        return Stream.of(Arguments.of("/organization", Fault.status(503)), Arguments.of("/conversations", Fault.html()),
                Arguments.of("/messages", Fault.status(401)), Arguments.of("/messages", Fault.changed(page -> {
                    page.path("data").forEach(message -> ((ObjectNode) message).remove("conversationId"));
                    return page;
                })), Arguments.of("/calls", Fault.changed(page -> ((ObjectNode) page).put("data", "none"))));
    }

    @Test
    @Thorough
    void runs_through_both_apis_may_follow_each_other() {
        var workspace = Bench.workspace(40);
        bench.openPhone().serve(workspace);
        assertEverythingIsStored(bench.importAllDated(), workspace);
        var before = rows("calls");

        var throughV1 = bench.importAll();

        assertThat(throughV1.text("status")).as(throughV1.text("reason")).isEqualTo("completed");
        assertThat(rows("calls")).isEqualTo(before);
        assertThat(bench.database().size("calls")).isGreaterThan(workspace.calls().ids().size());
        assertEverythingIsStored(bench.importAllDated(), workspace);
    }

    @Test
    @Landing
    void a_list_that_is_not_sorted_as_asked_is_not_relied_on() {
        bench.openPhone().intercept(request -> request.path().equals("/conversations")
                ? Fault.changed(answer -> {
                    var rows = (ArrayNode) answer.get("data");
                    rows.add(rows.remove(0));
                    return answer;
                })
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().row("SELECT what FROM import_issues WHERE subject = 'run'").text("what"))
                .contains("OpenPhone does not sort as asked");
    }

    @Test
    @Landing
    void a_listing_that_is_refused_in_its_midst_goes_on_through_v1() {
        bench.openPhone().intercept(request -> request.path().equals("/conversations") && request.query().contains("gte")
                ? Fault.status(400)
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(bench.database().size("listing_slices")).isZero();
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(bench.workspace().threads().messageIds()));
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(strings = { "/messages", "/calls", "/conversations" })
    void a_list_that_ignores_times_is_read_once_and_not_once_for_each_slice(String list) {
        var workspace = Bench.workspace(250);
        bench.openPhone().serve(workspace);
        bench.openPhone().intercept(request -> request.path().equals(list) && request.query().contains("createdAt%5B")
                ? withoutTimes(request)
                : Fault.none());

        var run = bench.importAllDated();

        assertEverythingIsStored(run, workspace);
        long rows = switch (list) {
            case "/messages" -> workspace.threads().messages().size();
            case "/calls" -> workspace.calls().calls().size() + workspace.calls().groupCalls().size();
            default -> 2L * workspace.threads().conversations().size();
        };
        assertThat(bench.openPhone().requests()
                .count(request -> request.path().equals(list) && (request.query().contains("createdAt%5B")
                        || list.equals("/conversations"))))
                .isLessThan((int) (2 * rows / Bench.PAGE + 10));
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE level = 'warning'")).extracting(
                row -> row.text("what")).anyMatch(what -> what.startsWith("OpenPhone ignores the times"));
    }

    /** What OpenPhone would answer if it had not been asked for times. */
    private Fault withoutTimes(SampleRequest request) {
        var query = Stream.of(request.query().split("&")).filter(each -> !each.startsWith("createdAt%5B"))
                .collect(Collectors.joining("&"));
        try (var client = HttpClient.newHttpClient()) {
            var answer = client
                    .send(HttpRequest.newBuilder(URI.create(bench.openPhone().baseUrl() + request.path() + "?" + query))
                            .header("Authorization", bench.openPhone().apiKey()).header("Quo-Api-Version", "2026-03-30")
                            .header("User-Agent", "test").build(), HttpResponse.BodyHandlers.ofByteArray());
            return Fault.answer(Reply.of(answer.statusCode(), "application/json", answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Landing
    void a_reconciliation_brings_what_is_new_and_conversations_that_have_not_been_read() {
        var workspace = Bench.workspace(40);
        bench.openPhone().serve(workspace);
        assertThat(bench.importAllDated().text("status")).isEqualTo("completed");
        var threads = bench.database().rows("""
                SELECT conversation_id AS id FROM messages JOIN conversations AS conversation
                    ON conversation.id = conversation_id AND cardinality(participants) = 1
                GROUP BY conversation_id HAVING max(messages.created_at) < now() - interval '30 days'
                ORDER BY conversation_id LIMIT 2""");
        var lost = threads.getFirst().text("id");
        bench.database().execute("DELETE FROM messages WHERE conversation_id = '%s'".formatted(lost));
        bench.database().execute("DELETE FROM conversation_records WHERE conversation_id = '%s'".formatted(lost));
        var active = threads.getLast().text("id");
        workspace.addMessage("ACnew", active, "Hello again", Instant.now());
        workspace.addCall(call(workspace, "ADnew", active, Instant.now()), active);
        bench.openPhone().requests().reset();

        var run = bench.reconcileDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).isEqualTo("2026-03-30");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        assertThat(bench.database().ids("calls")).contains("ADnew");
        assertThat(run.number("processed_messages"))
                .isEqualTo(bench.database().size("messages WHERE last_run_id = '%s'".formatted(run.uuid("id"))));
        assertThat(run.number("processed_conversations")).isEqualTo(run.number("total_conversations"));
        assertThat(bench.openPhone().requests().count("/v1/messages")).as("v1 may not give all that has vanished").isZero();
        assertThat(run.get("repaired_at")).isNull();
    }

    @Test
    @Landing
    void what_v1_shows_when_everything_is_read_again_is_no_difference() {
        var run = bench.importAllDated();

        RestAssured.given().body("{\"full\":true}").post("/api/runs/{id}/verify", run.uuid("id")).then().statusCode(200);

        bench.soon().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(bench.database().row(
                "SELECT status, finding FROM verifications WHERE complete").text("status")).isEqualTo("clean"));
    }

    private void assertEverythingIsStored(Row run, SampleWorkspace workspace) {
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).as(run.text("warnings")).isEqualTo("2026-03-30");
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        var calls = new TreeSet<>(workspace.calls().ids());
        workspace.calls().groupCalls().forEach(call -> calls.add(call.id()));
        assertThat(bench.database().ids("calls")).isEqualTo(calls);
        assertCountersEqualRows(run);
    }

    private void assertCountersEqualRows(Row run) {
        for (var counted : List.of("conversations", "messages", "calls")) {
            assertThat(run.number("processed_" + counted)).as(counted).isEqualTo(bench.database().size(counted));
            assertThat(run.number("total_" + counted)).as(counted).isEqualTo(bench.database().size(counted));
        }
        assertThat(bench.database().rows("""
                SELECT * FROM import_conversations AS reading WHERE run_id = ? AND (status <> 'done'
                    OR messages <> (SELECT count(*) FROM messages WHERE messages.conversation_id = reading.conversation_id)
                    OR calls <> (SELECT count(*) FROM calls WHERE calls.conversation_id = reading.conversation_id))
                """, run.uuid("id"))).isEmpty();
        assertThat(bench.database().size("media WHERE status <> 'stored'")).isZero();
        assertThat(run.number("processed_media")).isEqualTo(run.number("total_media"))
                .isEqualTo(bench.database().size("import_media WHERE run_id = '%s'".formatted(run.uuid("id"))));
        assertThat(run.text("errors")).isEqualTo("[]");
    }

    private List<Row> rows(String table) {
        var columns = bench.database().rows("""
                SELECT column_name AS name FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = ? ORDER BY ordinal_position""", table).stream()
                .map(column -> column.text("name"))
                .filter(column -> !OMITTED.contains(column) && !OMITTED.contains(table + "." + column))
                .map(column -> column + "::text");
        return bench.database().rows("SELECT %s FROM %s WHERE %s ORDER BY %s".formatted(
                Stream.concat(columns, extra(table)).collect(Collectors.joining(", ")), table,
                // One API is read by conversation, and notes that of those that are empty as well.
                table.equals("conversation_records") ? "messages > 0"
                        // One API alone has notes.
                        : table.equals("media") ? "subject <> 'note'" : "true",
                KEYS.get(table)));
    }

    private static Stream<String> extra(String table) {
        return switch (table) {
            case "media" -> Stream.of("""
                    coalesce((SELECT call_id FROM call_recordings WHERE id = subject_id),
                        (SELECT call_id FROM call_voicemails WHERE id = subject_id)) AS call_id""");
            case "call_recordings" -> Stream.of("CASE WHEN url IS NOT NULL THEN start_time END AS start_time");
            default -> Stream.empty();
        };
    }

    private List<Row> assignees() {
        return bench.database().rows("SELECT id, assigned_to FROM conversations WHERE assigned_to IS NOT NULL ORDER BY id");
    }

    private static SampleWorkspace empty() {
        return Bench.workspace(0);
    }

    private static String number(SampleWorkspace workspace) {
        return workspace.directory().phoneNumbers().getFirst().id();
    }

    private static SampleCall call(SampleWorkspace workspace, String id, String conversationId, Instant at) {
        var conversation = workspace.threads().conversation(conversationId).orElseThrow();
        var own = workspace.directory().phoneNumbers().getFirst();
        return new SampleCall(null, null, null, "incoming", "missed", at, at, null, 0, null, null, null, id, own.id(),
                List.of(conversation.participants().getFirst(), own.number()), at, own.users().getFirst().id());
    }
}
