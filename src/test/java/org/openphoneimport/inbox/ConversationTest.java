package org.openphoneimport.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.page.Scene;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.xml.XmlPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

/** A conversation as people know it. */
@QuarkusTest
@TestProfile(PageProfile.class)
class ConversationTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
        bench.database().execute("""
                INSERT INTO conversations (id, phone_number_id, participants, last_activity_at, payload)
                VALUES ('CN1', 'PN1', ARRAY['+16175550123'], now(), '{}')
                """);
    }

    @Test
    @Thorough
    void threads_show_all_that_an_import_has_stored() {
        bench.reset();
        bench.importAllThroughEither();
        var shown = new TreeSet<String>();

        for (var conversation : bench.database().ids("conversations")) {
            shown.addAll(walk("/conversations/" + conversation, "prev"));
        }

        var stored = new TreeSet<>(bench.database().ids("messages"));
        stored.addAll(bench.database().ids("calls WHERE conversation_id IS NOT NULL"));
        assertThat(shown).containsExactlyElementsOf(stored);
    }

    @Test
    void a_thread_is_paged_in_both_directions_while_it_grows() {
        messages(20, 0);
        calls(3);
        messages(130, 20);
        bench.database()
                .execute("INSERT INTO messages (id, conversation_id, text, payload) VALUES ('ACtimeless', 'CN1', 'x', '{}')");
        var all = bench.database().rows("""
                SELECT id FROM (SELECT id, created_at FROM messages UNION ALL SELECT id, created_at FROM calls) AS entry
                ORDER BY created_at NULLS FIRST, id
                """).stream().map(row -> row.text("id")).toList();

        var first = entries(page("/conversations/CN1"));
        assertThat(first).containsExactlyElementsOf(all.subList(all.size() - 50, all.size()));
        var back = new ArrayList<List<String>>();
        var address = "/conversations/CN1";
        var last = address;
        while (address != null) {
            var page = page(address);
            back.addFirst(entries(page));
            last = address;
            address = link(page, "prev");
            bench.database().execute(
                    "INSERT INTO messages (id, conversation_id, created_at, text, payload) VALUES (?, 'CN1', now(), 'new', '{}')",
                    "ACnew" + back.size());
        }
        assertThat(back.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
        assertThat(back.getFirst().getFirst()).isEqualTo("ACtimeless");

        var forth = new ArrayList<>(entries(page(last)));
        for (var next = link(page(last), "next"); next != null; next = link(page(next), "next")) {
            forth.addAll(entries(page(next)));
        }
        assertThat(forth.subList(0, all.size())).containsExactlyElementsOf(all);
        assertThat(forth).hasSize(all.size() + back.size());
    }

    @Test
    void a_call_shows_all_its_parts_and_what_is_lacking() {
        calls(1);
        bench.database().execute("""
                INSERT INTO users (id, first_name, last_name, payload) VALUES ('US1', 'Olga', 'Harbour', '{}')
                """);
        bench.database()
                .execute("UPDATE calls SET answered_by = 'US1', answered_at = now(), duration = 200, direction = 'incoming'");
        bench.database().execute("""
                INSERT INTO call_transcripts (call_id, dialogue, payload) VALUES ('ACcall1', '[
                    {"content": "Hello <b>there</b>", "start": 65.2, "identifier": "+16175550123", "userId": null},
                    {"content": "Hi", "userId": "US1"}, "odd", {"content": null}]', '{}')
                """);
        bench.database().execute("""
                INSERT INTO call_summaries (call_id, summary, next_steps, payload)
                VALUES ('ACcall1', ARRAY['A tooth hurts', NULL], ARRAY['Call back'], '{}')
                """);
        bench.database().execute("""
                INSERT INTO call_voicemails (call_id, id, duration, transcript, recording_url, payload)
                VALUES ('ACcall1', 'VM1', 12, 'Please call me back', 'https://files.example/vm', '{}')
                """);
        bench.database().execute("""
                INSERT INTO call_recordings (call_id, id, duration, payload) VALUES ('ACcall1', 'CR1', 75, '{}')
                """);
        bench.database().execute("""
                INSERT INTO media (subject, subject_id, url, status, storage_key, content_type, size)
                VALUES ('voicemail', 'VM1', 'x', 'stored', 'voicemail/VM1/0', 'audio/mpeg', 1234567)
                """);
        bench.database().execute("""
                INSERT INTO call_parts (call_id, kind, status, run_id) VALUES ('ACcall1', 'recordings', 'waiting', ?)
                """, UUID.randomUUID());

        viewer().get("/conversations/CN1").then().statusCode(200)
                .body(containsString("Incoming call, Olga Harbour, 3 min 20 s"))
                .body(containsString("Hello &lt;b&gt;there&lt;/b&gt;")).body(containsString("1:05 <bdi>+1 617-555-0123</bdi>"))
                .body(containsString("<bdi>Olga Harbour</bdi></span> <span dir=\"auto\">Hi</span>"))
                .body(containsString("A tooth hurts")).body(containsString("Call back"))
                .body(containsString("Please call me back"))
                .body(containsString("<audio controls preload=\"none\" src=\"/files/"))
                .body(containsString("audio/mpeg, 1.2 MB"))
                .body(containsString("Recording, 1 min 15 s: <span dir=\"auto\">OpenPhone names no file"))
                .body(containsString("Recordings: not ready at OpenPhone")).body(containsString("VM1"));
    }

    @Test
    void what_is_missing_stands_above_the_thread() {
        messages(1, 0);
        bench.database().execute("""
                INSERT INTO media (subject, subject_id, url, status, finding) VALUES ('message', 'ACm00000', 'x', 'failed',
                    'Its host answered 410')
                """);
        var run = UUID.fromString(Scene.RUN);
        bench.database().execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash) VALUES (?, 'historical', 'failed', now(), 'x')
                """, run);
        bench.database().execute("INSERT INTO verifications (run_id, status) VALUES (?, 'discrepancies')", run);
        bench.database().execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id)
                SELECT id, 'missing', 'message', 'AClost', 'OpenPhone has it, and it is not stored', 'CN1' FROM verifications
                """);
        bench.database().execute("""
                INSERT INTO list_records (list, read) SELECT list, tstzmultirange(tstzrange(NULL, now())) FROM
                    unnest(ARRAY['conversations', 'users', 'contacts', 'custom_fields']) AS list
                """);
        bench.database().execute("UPDATE conversations SET thread_key = id, last_activity_at = now() - interval '1 day'");

        viewer().get("/conversations/CN1").then().statusCode(200).body(containsString("What is missing here"))
                .body(containsString("AClost")).body(containsString("OpenPhone has it, and it is not stored"))
                .body(containsString("It is one of the conversations that have never been read to their end"))
                .body(containsString("message/ACm00000/0")).body(containsString("Its host answered 410"));
    }

    @Test
    void notes_are_shown_where_the_schema_has_them() {
        bench.database().execute(
                "INSERT INTO contacts (id, first_name, company, payload) VALUES ('CT1', 'Wanda', 'Harbour Dental', '{}')");
        bench.database().execute("""
                INSERT INTO contact_phone_numbers (contact_id, position, value, number) VALUES ('CT1', 0, 'x', '+16175550123')
                """);
        viewer().get("/conversations/CN1").then().statusCode(200).body(containsString("Wanda"))
                .body(containsString("Harbour Dental, +1 617-555-0123")).body(containsString("CT1"))
                .body(not(containsString("Notes about")));
        boolean own = bench.database().value("SELECT to_regclass('contact_notes')") == null;
        if (own) {
            bench.database().execute("""
                    CREATE TABLE contact_notes (id text, contact_id text, text text, created_by text, created_at timestamptz,
                        payload jsonb, absent_since timestamptz)
                    """);
        }
        try {
            bench.database().execute("""
                    INSERT INTO contact_notes (id, contact_id, text, created_by, created_at, payload)
                    VALUES ('NT1', 'CT1', 'Afraid of drills', 'US7', now(), '{}')
                    """);
            viewer().get("/conversations/CN1").then().statusCode(200).body(containsString("Notes about the contact"))
                    .body(containsString("Afraid of drills")).body(containsString("US7"));
        } finally {
            if (own) {
                bench.database().execute("DROP TABLE contact_notes");
            }
        }
    }

    @Test
    @Landing
    void a_long_text_and_many_files_are_shown_in_part_and_alone_as_a_whole() {
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, direction, created_at, text, payload)
                VALUES ('AClong', 'CN1', 'incoming', now(), repeat('😀', 99999) || '.', '{}')
                """);
        bench.database().execute("""
                INSERT INTO media (subject, subject_id, position, url, status, storage_key, content_type, size)
                SELECT 'message', 'AClong', number, 'x', 'stored', 'message/AClong/' || number, 'image/png', 10
                FROM generate_series(0, 999) AS number
                """);

        var page = page("/conversations/CN1");
        assertThat(page).contains("96,000 more characters, 988 more files").hasSizeLessThan(40_000);
        assertThat(page.split("<img", -1)).hasSize(1 + 12);
        var alone = page("/conversations/CN1?only=AClong");
        assertThat(alone).contains("😀.</p>").doesNotContain(" more characters").contains("The whole conversation");
        assertThat(alone.split("<img", -1)).hasSize(1 + 1_000);
    }

    @Test
    @Landing
    void everything_in_it_is_text_and_nothing_else() {
        bench.database().execute("UPDATE conversations SET name = ?, participants = ARRAY[?]", Scene.HOSTILE_TEXT,
                Scene.HOSTILE_TEXT);
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, direction, status, from_number, created_at, text, payload)
                VALUES ('AC' || ?, 'CN1', 'incoming', ?, ?, now(), ?, '{}')
                """, Scene.HOSTILE_TEXT, Scene.HOSTILE_TEXT, Scene.HOSTILE_TEXT, Scene.HOSTILE_TEXT);
        bench.database().execute("""
                INSERT INTO media (subject, subject_id, url, status, finding) VALUES ('message', 'AC' || ?, 'x', 'failed', ?)
                """, Scene.HOSTILE_TEXT, Scene.HOSTILE_TEXT);

        for (var path : List.of("/conversations", "/conversations/CN1")) {
            assertThat(page(path)).doesNotContain("<script>window").doesNotContain("<img src=x")
                    .doesNotContain("</textarea></p>")
                    .contains("{page.frame}");
        }
        var alone = hrefs(page("/conversations/CN1")).stream().filter(href -> href.contains("only=")).findFirst().orElseThrow();
        assertThat(page(alone)).contains("&lt;script&gt;window.pwned");
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "/conversations/CNnone", "/conversations/%00", "/conversations/%3Cscript%3E",
            "/conversations/CN1%27",
            "/conversations/CN1?only=ACnone", "/conversations/CN1?only=%00" })
    void what_is_not_there_is_a_page_too(String path) {
        viewer().get(path).then().statusCode(404).contentType("text/html").body(not(containsString("<script>")));
    }

    @Test
    @Landing
    void a_bound_that_is_none_leads_to_the_newest_page() {
        messages(3, 0);

        assertThat(entries(page("/conversations/CN1?before=x&after=y"))).hasSize(3);
        assertThat(entries(page("/conversations/CN1?before=1700-01-01T00:00:00Z~"))).isEmpty();
    }

    @Test
    @Landing
    void errors_of_a_run_lead_to_the_conversation() {
        Scene.FAILED.paint(bench.database());

        assertThat(page("/runs/" + Scene.RUN + "/issues")).contains("href=\"/conversations/CNscene1\"");
        assertThat(page("/")).contains("href=\"/conversations?q=ACscene1\"").contains("href=\"/conversations\"");
    }

    private List<String> walk(String start, String direction) {
        var ids = new ArrayList<String>();
        for (var address = start; address != null;) {
            var page = page(address);
            ids.addAll(entries(page));
            address = link(page, direction);
        }
        return ids;
    }

    private static String page(String path) {
        return viewer().get(path).then().statusCode(200).extract().asString();
    }

    private static List<String> entries(String page) {
        return html(page).getList("**.findAll { it.name() == 'a' && it.@href.text().contains('only=') }.code.bdi");
    }

    private static List<String> hrefs(String page) {
        return html(page).getList("**.findAll { it.name() == 'a' }.@href");
    }

    private static @Nullable String link(String page, String rel) {
        return html(page).<String> getList("**.findAll { it.name() == 'a' && it.@rel.text() == '%s' }.@href".formatted(rel))
                .stream()
                .findFirst().orElse(null);
    }

    private static XmlPath html(String page) {
        return new XmlPath(XmlPath.CompatibilityMode.HTML, page);
    }

    private void messages(int count, int from) {
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, direction, created_at, text, payload)
                SELECT 'ACm' || to_char(number, 'FM00000'), 'CN1', 'incoming',
                    timestamptz '2026-01-01T00:00:00Z' + number / 4 * interval '1 minute', 'Text ' || number, '{}'
                FROM generate_series(CAST(? AS int), CAST(? AS int)) AS number
                """, from, from + count - 1);
    }

    private void calls(int count) {
        bench.database().execute("""
                INSERT INTO calls (id, conversation_id, direction, created_at, payload)
                SELECT 'ACcall' || number, 'CN1', 'outgoing', timestamptz '2026-01-01T00:03:00Z', '{}'
                FROM generate_series(1, CAST(? AS int)) AS number
                """, count);
    }

    private static RequestSpecification viewer() {
        return RestAssured.given().urlEncodingEnabled(false).redirects().follow(false).auth().preemptive()
                .basic(PageProfile.VIEWER, PageProfile.PASSWORD);
    }
}
