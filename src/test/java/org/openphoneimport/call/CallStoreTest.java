package org.openphoneimport.call;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Of two states of a call the newer one is stored, in whatever order they come. */
@QuarkusTest
@TestTransaction
class CallStoreTest {

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
        store("completed", NEWER);

        store("ringing", OLDER);

        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void a_newer_state_overwrites_an_older_one() {
        store("ringing", OLDER);

        store("completed", NEWER);

        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void another_state_of_the_same_time_overwrites() {
        store("ringing", OLDER);

        store("completed", OLDER);

        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void a_state_that_does_not_say_when_it_changed_overwrites() {
        store("ringing", NEWER);

        store("completed", null);

        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void of_two_states_on_one_page_the_newer_one_is_stored() {
        Call.store(List.of(received("ringing", OLDER), received("completed", NEWER), received("queued", null)), RUN);

        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void a_row_that_something_else_has_changed_is_overwritten_by_an_older_state_as_well() {
        store("completed", NEWER);
        rows.execute("UPDATE calls SET status = 'lost'");

        store("ringing", OLDER);

        assertThat(status()).isEqualTo("ringing");
    }

    @Test
    void a_call_whose_conversation_is_not_known_stays_where_it_is() {
        store("ringing", OLDER);

        Call.store(List.of(new Call.Received(null, received("completed", NEWER).document())), UUID.randomUUID());

        assertThat(rows.text("SELECT conversation_id FROM calls")).isEqualTo("CN1");
    }

    private static void store(String status, @Nullable Instant updatedAt) {
        Call.store(List.of(received(status, updatedAt)), RUN);
    }

    private static Call.Received received(String status, @Nullable Instant updatedAt) {
        return new Call.Received("CN1", new CallDocument("AC1", "PN1", null, List.of("+16175550101"), "incoming", status, 60,
                null, null, null, null, null, null, null, null, OLDER, updatedAt, null, null, List.of(),
                JsonNodeFactory.instance.objectNode().put("status", status)));
    }

    private String status() {
        return rows.text("SELECT status FROM calls");
    }
}
