package org.openphoneimport.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** To which of several conversations with the same number and parties something belongs that names only those. */
@QuarkusTest
@TestTransaction
class ConversationThreadTest {

    private static final String THREAD = "PN1 +16175550101";
    private static final Instant EARLIER = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-02T00:00:00Z");

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        Bench.get().reset();
    }

    @Test
    void it_is_the_one_where_something_happened_last() {
        conversation("CN1", EARLIER);
        conversation("CN2", LATER);
        conversation("CN3", null);

        assertThat(Conversation.idsByThread(List.of(THREAD))).isEqualTo(Map.of(THREAD, "CN2"));
    }

    @Test
    void it_is_not_one_that_openphone_does_not_list_any_more_if_it_lists_another() {
        conversation("CN1", LATER);
        conversation("CN2", EARLIER);
        rows.execute("UPDATE conversations SET absent_since = '2026-03-03' WHERE id = 'CN1'");

        assertThat(Conversation.idsByThread(List.of(THREAD))).isEqualTo(Map.of(THREAD, "CN2"));

        rows.execute("UPDATE conversations SET absent_since = '2026-03-03'");
        assertThat(Conversation.idsByThread(List.of(THREAD))).isEqualTo(Map.of(THREAD, "CN1"));
    }

    private void conversation(String id, @Nullable Instant lastActivity) {
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_at, payload)
                VALUES (?, '{+16175550101}', ?, CAST(nullif(?, '') AS timestamptz), '{}')
                """, id, THREAD, lastActivity == null ? "" : lastActivity.toString());
    }
}
