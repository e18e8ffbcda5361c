package org.openphoneimport.batch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.OpenParts;
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

import io.quarkus.runtime.annotations.RegisterForReflection;

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
        return OpenParts.of(batch).stream().map(open -> OpenCall.of(open, generation))
                .toList();
    }

    private static List<OpenContact> openContacts(UUID batch) {
        return DirectoryParts.openOf(batch).stream().map(open -> new OpenContact(open.id(), open.kinds())).toList();
    }

    @RegisterForReflection
    private record ConversationRow(String conversationId, String phoneNumberId, @Nullable String askAs, String stage,
            @Nullable String pageToken, @Nullable Instant readAfter, boolean gone, String[] others, String[] participants) {
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
                """, ConversationRow.class)
                .setParameter("batch", batch)
                .getResultList();
        if (rows.stream().map(ConversationRow.class::cast).anyMatch(row -> row.gone())) {
            failGone(batch);
        }
        return rows.stream().map(ConversationRow.class::cast).filter(row -> !row.gone()).map(row -> {
            // The own number does not belong among the parties, but stood there in some workspaces.
            var others = row.others();
            var parties = others.length > 0 ? others : row.participants();
            var thread = new OpenPhone.ThreadQuery(row.phoneNumberId(), Arrays.asList(parties),
                    row.askAs(), row.readAfter(), window.createdBefore());
            return new OpenConversation(row.conversationId(), thread, Checkpoint.of(row.stage(), row.pageToken()));
        }).toList();
    }

    @RegisterForReflection
    private record GoneRow(UUID runId, String conversationId) {
    }

    /** Conversations whose rows something else has deleted, and those that would have been read with them. */
    private void failGone(UUID batch) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE import_conversations AS reading SET status = 'failed', completed_at = clock_timestamp()
                WHERE batch_id = :batch AND status = 'pending' AND NOT EXISTS (SELECT FROM conversations
                    WHERE id = coalesce(reading.same_thread_as, reading.conversation_id))
                RETURNING run_id, conversation_id
                """, GoneRow.class).setParameter("batch", batch).getResultList();
        failed.stream().map(GoneRow.class::cast).forEach(row -> issues.add(row.runId(), List.of(Issue.error("batch",
                "conversation", row.conversationId(),
                "Not imported, since its row in the table conversations is gone. A reconciliation lists it again", null))));
    }
}
