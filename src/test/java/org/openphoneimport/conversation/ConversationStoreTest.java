package org.openphoneimport.conversation;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What one API does not say of a conversation stays as the other has said it. */
@QuarkusTest
@TestTransaction
class ConversationStoreTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void a_list_that_names_no_parties_leaves_those_that_are_known() {
        store(Generation.DATED, "22395");

        store(Generation.V1);
        assertThat(stored()).isEqualTo("{22395} PN1 22395");

        store(Generation.DATED, "22395", "+16175550101");
        assertThat(stored()).isEqualTo("{22395,+16175550101} PN1 +16175550101 22395");
    }

    private void store(Generation by, String... parties) {
        var document = JsonNodeFactory.instance.objectNode().put("id", "CN1").put("phoneNumberId", "PN1");
        List.of(parties).forEach(document.putArray("participants")::add);
        Conversation.store(List.of(ConversationDocument.of(document)), RUN, by);
    }

    private String stored() {
        return rows.text("SELECT CAST(participants AS text) || ' ' || thread_key FROM conversations");
    }
}
