package org.openphoneimport.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.Documents;
import org.openphoneimport.run.IssueLog;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Stores what was read of conversations: a step counts only if its conversation still stands where the step starts. */
@ApplicationScoped
class ConversationSteps {

    private final EntityManager entityManager;
    private final IssueLog issues;

    ConversationSteps(EntityManager entityManager, IssueLog issues) {
        this.entityManager = entityManager;
        this.issues = issues;
    }

    @Transactional
    void store(Claim.Items claim, List<ConversationStep> steps) {
        var moved = move(claim, steps);
        var valid = steps.stream().filter(step -> moved.contains(step.conversation())).toList();
        var calls = valid.stream().flatMap(step -> step.calls().stream()).toList();
        int newMessages = Message.store(valid.stream().flatMap(step -> step.messages().stream()).toList(), claim.run());
        int newCalls = Call.store(calls, claim.run());
        CallPart.note(calls.stream().map(call -> call.document().id()).toList(), claim.run());
        int newMedia = Media.note(valid.stream().flatMap(step -> step.media().stream()).toList(), claim.run());
        int ended = endTwins(claim, valid);
        recordReadings(claim, valid);
        count(claim, valid, ended, newMessages, newCalls, newMedia);
        issues.add(claim.run(), valid.stream().flatMap(step -> step.issues().stream()).toList());
    }

    /** Moves the conversations that stand where their step starts; the others were read by somebody else. */
    private Set<String> move(Claim.Items claim, List<ConversationStep> steps) {
        List<?> moved = entityManager.createNativeQuery("""
                WITH step AS (
                    SELECT * FROM jsonb_to_recordset(CAST(:moves AS jsonb)) AS step(conversation text, status text,
                        from_stage text, from_token text, to_stage text, to_token text)
                ), locked AS (
                    -- Twins end, and others are counted up, after messages have been locked: too late to begin waiting.
                    SELECT conversation_id FROM import_conversations
                    WHERE run_id = :run AND (conversation_id IN (SELECT conversation FROM step)
                        OR conversation_id = ANY(:named) OR same_thread_as IN (SELECT conversation FROM step))
                    ORDER BY conversation_id FOR UPDATE
                )
                UPDATE import_conversations AS reading SET
                    status = step.status, stage = step.to_stage, page_token = step.to_token,
                    completed_at = CASE WHEN step.status <> 'pending' THEN clock_timestamp() END
                FROM step JOIN locked ON locked.conversation_id = step.conversation
                WHERE reading.run_id = :run AND reading.conversation_id = step.conversation AND reading.status = 'pending'
                    AND reading.stage = step.from_stage AND reading.page_token IS NOT DISTINCT FROM step.from_token
                RETURNING reading.conversation_id
                """, String.class)
                .setParameter("run", claim.run())
                .setParameter("moves", Documents.rows(steps.stream().map(Move::of).toList()))
                .setParameter("named",
                        steps.stream().flatMap(ConversationStep::namedConversations).distinct().toArray(String[]::new))
                .getResultList();
        var ids = new HashSet<String>();
        moved.forEach(id -> ids.add((String) id));
        return ids;
    }

    /** Conversations that were not asked for themselves end with the one that was. */
    private int endTwins(Claim.Items claim, List<ConversationStep> steps) {
        var ended = steps.stream().filter(ConversationStep::isLast).map(Move::of).toList();
        if (ended.isEmpty() || !claim.twins()) {
            return ended.size();
        }
        return ended.size() + entityManager.createNativeQuery("""
                UPDATE import_conversations AS twin SET status = step.status, completed_at = clock_timestamp()
                FROM jsonb_to_recordset(CAST(:ended AS jsonb)) AS step(conversation text, status text)
                WHERE twin.run_id = :run AND twin.batch_id = :batch AND twin.same_thread_as = step.conversation
                    AND twin.status = 'pending'
                """)
                .setParameter("run", claim.run())
                .setParameter("batch", claim.batch())
                .setParameter("ended", Documents.rows(ended))
                .executeUpdate();
    }

    /** Notes from when on everything has been read of those that have come to their end. */
    private void recordReadings(Claim.Items claim, List<ConversationStep> steps) {
        var read = steps.stream().filter(step -> step.status().equals("done")).map(ConversationStep::conversation)
                .toArray(String[]::new);
        if (read.length == 0) {
            return;
        }
        entityManager.createNativeQuery("""
                INSERT INTO conversation_records AS record (conversation_id, read_from)
                SELECT reading.conversation_id, coalesce(reading.read_after, '-infinity')
                FROM import_conversations AS reading JOIN import_runs AS run ON run.id = reading.run_id
                WHERE reading.batch_id = :batch AND run.window_to IS NULL
                    AND (reading.conversation_id = ANY(:read) OR reading.same_thread_as = ANY(:read))
                ORDER BY reading.conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET read_from = least(record.read_from, excluded.read_from)
                """)
                .setParameter("batch", claim.batch())
                .setParameter("read", read)
                .executeUpdate();
    }

    private void count(Claim.Items claim, List<ConversationStep> steps, int ended, int messages, int calls, int media) {
        if (steps.isEmpty()) {
            return;
        }
        var done = steps.stream().filter(step -> step.status().equals("done")).map(ConversationStep::conversation).toList();
        entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    processed_conversations = processed_conversations + :ended,
                    processed_messages = processed_messages + :messages,
                    processed_calls = processed_calls + :calls,
                    total_media = coalesce(total_media, 0) + :media,
                    current_conversation = :current,
                    last_completed_conversation = coalesce(CAST(:completed AS text), last_completed_conversation)
                WHERE id = :run
                """)
                .setParameter("ended", ended)
                .setParameter("messages", messages)
                .setParameter("calls", calls)
                .setParameter("media", media)
                .setParameter("current", steps.getLast().conversation())
                .setParameter("completed", done.isEmpty() ? null : done.getLast())
                .setParameter("run", claim.run())
                .executeUpdate();
    }

    @RegisterForReflection
    private record Move(String conversation, String status, String fromStage, @Nullable String fromToken, String toStage,
            @Nullable String toToken) {

        static Move of(ConversationStep step) {
            var to = step.to() == null ? step.from() : step.to();
            return new Move(step.conversation(), step.status(), step.from().stage().text(), step.from().pageToken(),
                    to.stage().text(), to.pageToken());
        }
    }
}
