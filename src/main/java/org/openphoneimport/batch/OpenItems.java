package org.openphoneimport.batch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;

import org.openphoneimport.call.CallPart;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.reading.Checkpoint;
import org.openphoneimport.reading.OpenCall;
import org.openphoneimport.reading.OpenContact;
import org.openphoneimport.reading.OpenConversation;
import org.openphoneimport.reading.OpenItem;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.Window;

/** What is still to be read of a batch. */
@ApplicationScoped
class OpenItems {

    private final EntityManager entityManager;
    private final IssueLog issues;

    OpenItems(EntityManager entityManager, IssueLog issues) {
        this.entityManager = entityManager;
        this.issues = issues;
    }

    /** @param kind of the batch, which is none of a slice */
    @Transactional
    List<? extends OpenItem> open(UUID batch, String kind, Run run) {
        return switch (kind) {
            case "calls" -> openCalls(batch, Generation.of(run.api));
            case "contacts" -> openContacts(batch);
            default -> openConversations(batch, run.window());
        };
    }

    private static List<OpenCall> openCalls(UUID batch, Generation generation) {
        return CallPart.openOf(batch).stream().map(open -> OpenCall.of(open, generation))
                .toList();
    }

    private static List<OpenContact> openContacts(UUID batch) {
        return DirectoryParts.openOf(batch).stream().map(open -> new OpenContact(open.id(), open.kinds())).toList();
    }

    private List<OpenConversation> openConversations(UUID batch, Window window) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT reading.conversation_id, conversation.phone_number_id, own.ask_as, reading.stage, reading.page_token,
                    reading.read_after, conversation.id IS NULL AS gone,
                    ARRAY(SELECT DISTINCT party FROM unnest(conversation.participants) AS party
                        WHERE party IS DISTINCT FROM own.number ORDER BY party) AS others, conversation.participants
                FROM import_conversations AS reading
                LEFT JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                LEFT JOIN phone_numbers AS own ON own.id = conversation.phone_number_id
                WHERE reading.batch_id = :batch AND reading.status = 'pending' AND reading.same_thread_as IS NULL
                ORDER BY reading.position
                """, Tuple.class)
                .setParameter("batch", batch)
                .getResultList();
        if (rows.stream().map(Tuple.class::cast).anyMatch(row -> (Boolean) row.get("gone"))) {
            failGone(batch);
        }
        return rows.stream().map(Tuple.class::cast).filter(row -> !(Boolean) row.get("gone")).map(row -> {
            // The own number does not belong among the parties, but stood there in some workspaces.
            var others = (String[]) row.get("others");
            var parties = others.length > 0 ? others : (String[]) row.get("participants");
            var thread = new OpenPhone.ThreadQuery((String) row.get("phone_number_id"), Arrays.asList(parties),
                    (String) row.get("ask_as"), row.get("read_after", Instant.class), window.createdBefore());
            return new OpenConversation((String) row.get("conversation_id"), thread,
                    Checkpoint.of((String) row.get("stage"), (String) row.get("page_token")));
        }).toList();
    }

    /** Conversations whose rows something else has deleted, and those that would have been read with them. */
    private void failGone(UUID batch) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE import_conversations AS reading SET status = 'failed', completed_at = clock_timestamp()
                WHERE batch_id = :batch AND status = 'pending' AND NOT EXISTS (SELECT FROM conversations
                    WHERE id = coalesce(reading.same_thread_as, reading.conversation_id))
                RETURNING run_id, conversation_id
                """, Tuple.class).setParameter("batch", batch).getResultList();
        failed.stream().map(Tuple.class::cast).forEach(row -> issues.add((UUID) row.get("run_id"), List.of(Issue.error("batch",
                "conversation", (String) row.get("conversation_id"),
                "Not imported, since its row in the table conversations is gone. A reconciliation lists it again", null))));
    }
}
