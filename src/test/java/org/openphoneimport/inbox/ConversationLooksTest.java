package org.openphoneimport.inbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openphoneimport.page.Looks;
import org.openphoneimport.page.Scene;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Chromium;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Thorough;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** How a person finds a customer's thread, and sees and hears what is in it; target/screenshots. */
@QuarkusTest
@TestProfile(PageProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationLooksTest {

    private final Bench bench = Bench.get();
    private final List<String> complaints = new ArrayList<>();

    private BrowserContext viewer;
    private Page page;

    @BeforeAll
    void open() {
        bench.reset();
        viewer = Chromium.get().user(PageProfile.VIEWER);
    }

    @BeforeEach
    void paint() throws IOException {
        bench.reset();
        complaints.clear();
        page = viewer.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        var database = bench.database();
        database.execute(
                "INSERT INTO phone_numbers (id, number, name, payload) VALUES ('PN1', '+16175550100', 'Front desk', '{}')");
        database.execute("INSERT INTO users (id, first_name, last_name, payload) VALUES ('US1', 'Olga', 'Harbour', '{}')");
        database.execute("""
                INSERT INTO conversations (id, phone_number_id, participants, last_activity_at, payload)
                SELECT 'CN' || number, 'PN1', ARRAY['+1617555' || to_char(122 + number, 'FM0000')],
                    timestamptz '2026-07-01T12:00:00Z' - number * interval '1 day', '{}' FROM generate_series(1, 8) AS number
                """);
        database.execute("""
                INSERT INTO contacts (id, first_name, last_name, company, role, payload)
                VALUES ('CT1', 'Wanda', 'Rivers', 'Harbour Dental', 'Patient', '{}')
                """);
        database.execute("""
                INSERT INTO contact_phone_numbers (contact_id, position, value, number) VALUES ('CT1', 0, 'x', '+16175550123')
                """);
        message("AC1", "incoming", 1, "Good morning! Can I move my appointment to Friday?\nThe tooth still hurts.");
        message("AC2", "outgoing", 2, "Of course. See you on Friday at 9.");
        message("AC3", "incoming", 3, "Here is the picture that you asked for");
        message("AC4", "incoming", 4, "\u05E9\u05DC\u05D5\u05DD, \u05EA\u05D5\u05D3\u05D4");
        message("AC5", "incoming", 5, Scene.HOSTILE_TEXT + "long".repeat(25_000));
        database.execute(
                """
                        INSERT INTO calls (id, conversation_id, direction, status, duration, answered_at, answered_by, created_at, payload)
                        VALUES ('AC6', 'CN1', 'incoming', 'completed', 200, now(), 'US1', timestamptz '2026-07-01T09:30:00Z', '{}')
                        """);
        database.execute(
                "INSERT INTO call_recordings (call_id, id, duration, url, payload) VALUES ('AC6', 'CR1', 1, 'x', '{}')");
        database.execute("""
                INSERT INTO call_transcripts (call_id, dialogue, payload) VALUES ('AC6', '[
                    {"content": "Harbour Dental, good morning", "start": 1, "userId": "US1"},
                    {"content": "It is about Friday", "start": 4.5, "identifier": "+16175550123"}]', '{}')
                """);
        database.execute("""
                INSERT INTO call_summaries (call_id, summary, next_steps, payload)
                VALUES ('AC6', ARRAY['The appointment moves to Friday'], ARRAY['Send a reminder'], '{}')
                """);
        file("message", "AC3", 0, "image/png", png());
        file("message", "AC3", 1, "application/pdf", "%PDF".getBytes(StandardCharsets.US_ASCII));
        file("recording", "CR1", 0, "audio/wav", wav());
        database.execute("""
                INSERT INTO media (subject, subject_id, position, url, status, finding)
                VALUES ('message', 'AC3', 2, 'x', 'failed', 'Its host answered 410 (gone)')
                """);
    }

    @AfterEach
    void leave() {
        page.close();
    }

    @Test
    @Landing
    void a_viewer_finds_a_customers_thread_by_keyboard_and_sees_pictures_and_hears_recordings() {
        page.navigate("/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Conversations")).press("Enter");
        page.getByRole(AriaRole.SEARCHBOX).fill("(617) 555 0123");
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");
        assertThat(page.locator(".conversations li")).hasCount(1);
        look("conversations");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Wanda Rivers")).press("Enter");

        assertThat(page.locator("h1")).hasText("Wanda Rivers");
        assertThat(page.locator(".thread > li")).hasCount(6);
        bench.soon().until(() -> Boolean.TRUE.equals(page.evaluate("document.querySelector('.file img').naturalWidth === 40")));
        page.evaluate("document.querySelector('audio').play()");
        bench.soon().until(() -> Boolean.TRUE.equals(page.evaluate("document.querySelector('audio').currentTime > 0.2")));
        page.locator("details summary").first().press("Enter");
        assertThat(page.getByText("It is about Friday")).isVisible();
        look("conversation");
        assertThat(page.evaluate("window.pwned")).isNull();
        assertThat(page.locator("main button, main form[method=post]").count()).isZero();
    }

    @Test
    @Landing
    void an_attachment_is_saved_under_the_id_of_its_message() {
        page.navigate("/conversations/CN1");

        var saved = page
                .waitForDownload(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("File")).click());

        assertThat(saved.suggestedFilename()).isEqualTo("AC3-2.pdf");
    }

    @Test
    @Thorough
    void all_conversations_and_an_empty_search_can_be_read_by_everybody() {
        page.navigate("/conversations");
        assertThat(page.locator(".conversations li")).hasCount(8);
        look("conversations_all");
        page.navigate("/conversations?q=nothing+like+this");
        assertThat(page.getByText("Nothing is stored that matches")).isVisible();
        look("conversations_none");
        page.navigate("/conversations/CN1?only=AC5");
        look("conversation_one");
    }

    private void look(String name) {
        Looks.at(page, name);
        assertThat(complaints).isEmpty();
    }

    private void message(String id, String direction, int minute, String text) {
        bench.database().execute("""
                INSERT INTO messages (id, conversation_id, direction, status, from_number, user_id, created_at, text, payload)
                VALUES (?, 'CN1', ?, 'delivered', '+16175550123', CASE ? WHEN 'outgoing' THEN 'US1' END,
                    timestamptz '2026-07-01T09:00:00Z' + CAST(? AS int) * interval '1 minute', ?, '{}')
                """, id, direction, direction, minute, text);
    }

    private void file(String subject, String id, int position, String type, byte[] bytes) {
        var key = "%s/%s/%d".formatted(subject, id, position);
        bench.files().write(key, bytes);
        bench.database().execute("""
                INSERT INTO media (subject, subject_id, position, url, status, storage_key, content_type, size)
                VALUES (?, ?, ?, 'x', 'stored', ?, ?, ?)
                """, subject, id, position, key, type, bytes.length);
    }

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    /** A second of a tone. */
    private static byte[] wav() {
        int rate = 8_000;
        var bytes = ByteBuffer.allocate(44 + rate).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + rate)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(rate).putInt(rate).putShort((short) 1).putShort((short) 8)
                .put("data".getBytes(StandardCharsets.US_ASCII)).putInt(rate);
        for (int i = 0; i < rate; i++) {
            bytes.put((byte) (128 + 60 * Math.sin(2 * Math.PI * 440 * i / rate)));
        }
        return bytes.array();
    }
}
