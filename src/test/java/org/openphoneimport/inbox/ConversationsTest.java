package org.openphoneimport.inbox;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.xml.XmlPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

/** The list of conversations and its search. */
@QuarkusTest
@TestProfile(PageProfile.class)
class ConversationsTest {

    private final Bench bench = Bench.get();

    @BeforeEach
    void reset() {
        bench.reset();
        bench.database().execute("""
                INSERT INTO phone_numbers (id, number, name, payload) VALUES ('PN1', '+16175550100', 'Front desk', '{}')
                """);
        conversation("CNwanda", "2026-03-01T10:00:00Z", "+16175550123");
        conversation("CNberlin", "2026-03-02T10:00:00Z", "+493012345678");
        conversation("CNcode", "2026-03-03T10:00:00Z", "22395");
        conversation("CNundated", null, "+16175550177");
        bench.database().execute("""
                INSERT INTO contacts (id, first_name, last_name, company, payload) VALUES
                    ('CT1', 'Wanda', 'Rivers', 'Harbour Dental', '{}')
                """);
        bench.database().execute("""
                INSERT INTO contact_phone_numbers (contact_id, position, value, number)
                VALUES ('CT1', 0, '617-555-0123', '+16175550123')
                """);
        message("AC1", "CNwanda", "2026-02-01T10:00:00Z", "The root canal appointment is on Friday");
        message("AC2", "CNwanda", "2026-03-01T10:00:00Z", "See you then");
        message("AC3", "CNberlin", "2026-03-02T10:00:00Z", "Grüße, \u05E9\u05DC\u05D5\u05DD");
    }

    @Test
    void all_are_listed_the_newest_activity_first_when_nothing_is_searched_for() {
        assertThat(found("")).containsExactly("CNcode", "CNberlin", "CNwanda", "CNundated");
        viewer().get("/conversations").then().statusCode(200).body(containsString("Wanda Rivers"))
                .body(containsString("+1 617-555-0123")).body(containsString("2 messages, 0 calls"))
                .body(containsString("See you then")).body(containsString("Front desk, +1 617-555-0100"));
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "(617) 555-0123", "617.555.0123", "+16175550123", "1-617-555-0123", "555 0123",
            "011 1 617 555 0123",
            "wanda", "RIVERS Wanda", "Wand", "harbour dental", "root canal", "FRIDAY appointment", "appoint", "AC1",
            "CNwanda" })
    void it_is_found_by_number_name_word_and_id(String typed) {
        assertThat(found(typed)).containsExactly("CNwanda");
    }

    @Test
    void others_are_found_too() {
        assertThat(found("030 12345678")).isEmpty();
        assertThat(found("0049 30 12345678")).containsExactly("CNberlin");
        assertThat(found("22395")).containsExactly("CNcode");
        assertThat(found("\u05E9\u05DC\u05D5\u05DD")).containsExactly("CNberlin");
        assertThat(found("617555")).containsExactly("CNwanda", "CNundated");
        assertThat(found("canal piano")).isEmpty();
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "'", "\"", "\\", "a' OR '1'='1", "& | ! ( ) :*", ":*", "<->", "%", "_", "\0", "a\0b", "<script>",
            "\u202Eabc", "{page.frame}", "😀", "----", "+++", "00", "000", "not & and", "\uFFFF" })
    void whatever_is_typed_is_answered(String typed) {
        viewer().queryParam("q", typed).get("/conversations").then().statusCode(200).body(not(containsString("<script>")));
    }

    @Test
    void a_long_search_is_answered() {
        viewer().queryParam("q", "wanda ".repeat(300)).get("/conversations").then().statusCode(200);
        viewer().queryParam("before", "nonsense").get("/conversations").then().statusCode(200).body(containsString("CNwanda"));
    }

    @Test
    void a_message_that_was_found_is_the_last_of_the_page_that_is_linked() {
        var address = links("root canal").getFirst();

        viewer().urlEncodingEnabled(false).get(address).then().statusCode(200).body(containsString("root canal"))
                .body(not(containsString("See you then"))).body(containsString("Newer"));
    }

    @ParameterizedTest
    @Landing
    @ValueSource(strings = { "porcelain", "crown porcelain", "mailbox", "afternoon callback", "invoice", "reschedule",
            "resched" })
    void it_is_found_by_what_was_said_in_a_call(String typed) {
        call("ACcall", "CNberlin", "2026-02-15T10:00:00Z");

        assertThat(found(typed)).containsExactly("CNberlin");
    }

    @Test
    void what_was_said_is_shown_around_the_words_and_the_link_leads_to_the_call() {
        call("ACcall", "CNberlin", "2026-02-15T10:00:00Z");

        viewer().queryParam("q", "porcelain").get("/conversations").then().statusCode(200).body(containsString("In a call:"))
                .body(containsString("the porcelain crown")).body(not(containsString("Grüße")));
        viewer().urlEncodingEnabled(false).get(links("porcelain").getFirst()).then().statusCode(200)
                .body(containsString("ACcall")).body(not(containsString("Grüße"))).body(containsString("Newer"));
        // Nothing of a call where a message was found, or nothing was searched for.
        viewer().queryParam("q", "root canal").get("/conversations").then().body(not(containsString("In a call:")));
        viewer().get("/conversations").then().body(not(containsString("In a call:")));
    }

    @Test
    void of_a_long_call_some_words_before_and_after_are_shown() {
        bench.database().execute("""
                INSERT INTO calls (id, conversation_id, created_at, payload)
                VALUES ('ACtalk', 'CNberlin', '2026-02-15T10:00:00Z', '{}')
                """);
        bench.database().execute("""
                INSERT INTO call_transcripts (call_id, dialogue, payload)
                SELECT 'ACtalk', jsonb_agg(jsonb_build_object('content', 'line' || number || CASE number
                    WHEN 3 THEN ' enamels' WHEN 900 THEN ' Enamel' ELSE '' END)), '{}'
                FROM generate_series(1, 1800) AS number
                """);

        viewer().queryParam("q", "enamel now line901").get("/conversations").then().body(not(containsString("In a call:")));
        viewer().queryParam("q", "enamel line901").get("/conversations").then().body(containsString("In a call:"))
                .body(containsString("line3 enamels line4")).body(not(containsString("line99")));
        viewer().queryParam("q", "line900 enamel").get("/conversations").then()
                .body(containsString("line899 line900 Enamel line901")).body(not(containsString("line3 ")))
                .body(not(containsString("line1000")));
    }

    @Test
    void calls_that_say_nothing_or_something_odd_are_stored_all_the_same() {
        for (var dialogue : List.of("null", "7", "{\"content\":\"zebra\"}", "[1,null,{\"content\":{\"a\":\"zebra\"}}]", "[]")) {
            bench.database().execute(
                    "INSERT INTO call_transcripts (call_id, dialogue, payload) VALUES (?, CAST(? AS jsonb), '{}')",
                    "AC" + dialogue.hashCode(), dialogue);
        }
        bench.database().execute("INSERT INTO call_transcripts (call_id, dialogue, payload) VALUES ('ACnone', NULL, '{}')");
        bench.database().execute(
                """
                        INSERT INTO call_transcripts (call_id, dialogue, payload)
                        SELECT 'AClong', jsonb_agg(jsonb_build_object('content', md5(CAST(number AS text)) || '😀-' || number)), '{}'
                        FROM generate_series(1, 60000) AS number
                        """);

        assertThat(found("zebra")).isEmpty();
        assertThat(bench.database().size("call_transcripts")).isEqualTo(7);
    }

    @Test
    void pages_neither_repeat_nor_skip_a_conversation_while_others_move_to_the_front() {
        bench.database().execute(
                """
                        INSERT INTO conversations (id, phone_number_id, participants, last_activity_at, payload)
                        SELECT 'CNmany' || to_char(number, 'FM000'), 'PN1', ARRAY['+1617555' || to_char(number, 'FM0000')],
                            timestamptz '2025-01-01T00:00:00Z' + number / 3 * interval '1 hour', '{}' FROM generate_series(1, 120) AS number
                        """);
        var seen = new ArrayList<String>();
        var address = "/conversations";
        while (address != null) {
            var page = viewer().urlEncodingEnabled(false).get(address).then().statusCode(200).extract().asString();
            seen.addAll(conversations(page));
            // One that was seen moves to the front, one that was not is gone.
            bench.database().execute("UPDATE conversations SET last_activity_at = now() WHERE id = ?", seen.getLast());
            address = next(page);
        }

        assertThat(seen).doesNotHaveDuplicates().hasSize(124).endsWith("CNmany002", "CNmany001", "CNundated");
    }

    @Test
    void a_text_that_is_longer_than_any_index_takes_is_stored_and_found_by_its_beginning() {
        bench.database().execute(
                """
                        INSERT INTO messages (id, conversation_id, created_at, text, payload)
                        SELECT 'AClong', 'CNcode', now(), 'prelude ' || string_agg(md5(CAST(number AS text)) || '😀-' || number, ' '), '{}'
                        FROM generate_series(1, 60000) AS number
                        """);

        assertThat(found("prelude")).containsExactly("CNcode");
    }

    private List<String> found(String typed) {
        return conversations(viewer().queryParam("q", typed).get("/conversations").then().statusCode(200).extract().asString());
    }

    private static List<String> links(String typed) {
        return hrefs(viewer().queryParam("q", typed).get("/conversations").then().statusCode(200).extract().asString());
    }

    private static List<String> conversations(String page) {
        return hrefs(page).stream().map(address -> address.replaceAll("/conversations/|\\?.*", "")).toList();
    }

    private static List<String> hrefs(String page) {
        return new XmlPath(XmlPath.CompatibilityMode.HTML, page).<String> getList(
                "**.findAll { it.name() == 'a' && it.@href.text().startsWith('/conversations/') }.@href");
    }

    private static @Nullable String next(String page) {
        return new XmlPath(XmlPath.CompatibilityMode.HTML, page).<String> getList(
                "**.findAll { it.name() == 'a' && it.@rel.text() == 'next' }.@href").stream().findFirst().orElse(null);
    }

    private void conversation(String id, @Nullable String at, String number) {
        bench.database().execute("""
                INSERT INTO conversations (id, phone_number_id, participants, last_activity_at, payload)
                VALUES (?, 'PN1', ARRAY[?], CAST(? AS timestamptz), '{}')
                """, id, number, at);
    }

    private void message(String id, String conversation, String at, String text) {
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, direction, created_at, text, payload)
                VALUES (?, ?, 'incoming', CAST(? AS timestamptz), ?, '{}')
                """, id, conversation, at, text);
    }

    private void call(String id, String conversation, String at) {
        bench.database().execute("""
                INSERT INTO calls (id, conversation_id, created_at, payload) VALUES (?, ?, CAST(? AS timestamptz), '{}')
                """, id, conversation, at);
        bench.database().execute("""
                INSERT INTO call_transcripts (call_id, dialogue, payload)
                VALUES (?, '[{"content": "Is it about"}, {"content": "the porcelain crown"}]', '{}')
                """, id);
        bench.database().execute("""
                INSERT INTO call_voicemails (call_id, id, transcript, payload)
                VALUES (?, 'VM1', 'Your mailbox: an afternoon callback, please', '{}')
                """, id);
        bench.database().execute("""
                INSERT INTO call_summaries (call_id, summary, next_steps, payload)
                VALUES (?, ARRAY['They spoke of an invoice'], ARRAY['Reschedule the visit'], '{}')
                """, id);
    }

    private static RequestSpecification viewer() {
        return RestAssured.given().redirects().follow(false).auth().preemptive().basic(PageProfile.VIEWER,
                PageProfile.PASSWORD);
    }
}
