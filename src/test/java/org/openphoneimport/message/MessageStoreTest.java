package org.openphoneimport.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Of two states of a message the newer one is stored, in whatever order they come. */
@QuarkusTest
@TestTransaction
class MessageStoreTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant OLDER = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NEWER = Instant.parse("2026-03-02T00:00:00Z");

    private final Bench bench = Bench.get();

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void an_older_state_does_not_overwrite_a_newer_one() {
        store("delivered", NEWER);

        store("sent", OLDER);

        assertThat(status()).isEqualTo("delivered");
    }

    @Test
    void a_newer_state_overwrites_an_older_one() {
        store("sent", OLDER);

        store("delivered", NEWER);

        assertThat(status()).isEqualTo("delivered");
    }

    /** OpenPhone does not move updatedAt with all that changes. */
    @Test
    void another_state_of_the_same_time_overwrites() {
        store("sent", OLDER);

        store("delivered", OLDER);

        assertThat(status()).isEqualTo("delivered");
    }

    @Test
    void a_state_that_does_not_say_when_it_changed_overwrites() {
        store("sent", NEWER);

        store("delivered", null);

        assertThat(status()).isEqualTo("delivered");
    }

    @Test
    void a_document_without_files_leaves_those_that_are_known() {
        var files = JsonNodeFactory.instance.objectNode();
        files.putArray("media").addObject().put("url", "https://media.example.com/a");
        store(files);

        store(JsonNodeFactory.instance.objectNode().put("status", "delivered"));
        assertThat(rows.text("SELECT CAST(payload AS text) FROM messages"))
                .isEqualTo("{\"media\": [{\"url\": \"https://media.example.com/a\"}], \"status\": \"delivered\"}");

        store(JsonNodeFactory.instance.objectNode().set("media", JsonNodeFactory.instance.arrayNode()));
        assertThat(rows.text("SELECT CAST(payload AS text) FROM messages"))
                .isEqualTo("{\"media\": [{\"url\": \"https://media.example.com/a\"}]}");

        files.putArray("media").addObject().put("url", "https://media.example.com/b");
        store(files);
        assertThat(rows.text("SELECT CAST(payload AS text) FROM messages"))
                .isEqualTo("{\"media\": [{\"url\": \"https://media.example.com/b\"}]}");
    }

    @Test
    void of_two_states_on_one_page_the_newer_one_is_stored() {
        Message.store(List.of(received("sent", OLDER), received("delivered", NEWER), received("queued", null)), RUN);

        assertThat(status()).isEqualTo("delivered");
    }

    @Test
    void a_row_that_something_else_has_changed_is_overwritten_by_an_older_state_as_well() {
        store("delivered", NEWER);
        rows.execute("UPDATE messages SET status = 'lost'");

        store("sent", OLDER);

        assertThat(status()).isEqualTo("sent");
    }

    @Test
    void a_message_that_comes_again_is_counted_once() {
        assertThat(store("sent", OLDER)).isEqualTo(1);
        assertThat(store("delivered", NEWER)).isZero();

        assertThat(rows.text("SELECT CAST(messages AS text) FROM conversation_records")).isEqualTo("1");
    }

    private static int store(String status, @Nullable Instant updatedAt) {
        return Message.store(List.of(received(status, updatedAt)), RUN);
    }

    private static void store(ObjectNode document) {
        Message.store(List.of(received("sent", OLDER, document)), RUN);
    }

    private static Message.Received received(String status, @Nullable Instant updatedAt) {
        return received(status, updatedAt, JsonNodeFactory.instance.objectNode().put("status", status));
    }

    private static Message.Received received(String status, @Nullable Instant updatedAt, ObjectNode document) {
        return new Message.Received("CN1", new MessageDocument("AC1", null, "PN1", null, "outgoing", status, "+16175550100",
                List.of("+16175550101"), "Hello", OLDER, updatedAt, List.of(), List.of(), document));
    }

    private String status() {
        return rows.text("SELECT status FROM messages");
    }
}
