package org.openphoneimport.reading;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.Runs;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Stores what was read of conversations: a step counts only if its conversation still stands where the step starts. */
@ApplicationScoped
public class ConversationSteps {

    private static final String DONE = "done";

    private final EntityManager entityManager;
    private final IssueLog issues;
    private final Ledger ledger;

    ConversationSteps(EntityManager entityManager, IssueLog issues, Ledger ledger) {
        this.entityManager = entityManager;
        this.issues = issues;
        this.ledger = ledger;
    }

    @Transactional
    public void store(Claim.Held claim, List<ConversationStep> steps) {
        var moved = move(claim, steps);
        var valid = steps.stream().filter(step -> moved.containsKey(step.conversation())).toList();
        var calls = valid.stream().flatMap(step -> step.calls().stream()).toList();
        int newMessages = Message.store(valid.stream().flatMap(step -> step.messages().stream()).toList(), claim.run());
        int newCalls = Call.store(calls, claim.run());
        CallPart.note(calls.stream().map(call -> call.document().id()).toList(), claim.run());
        int newMedia = Media.note(valid.stream().flatMap(step -> step.media().stream()).toList(), claim.run());
        int done = endTwins(claim, moved);
        ledger.addReadings(claim.batch(),
                valid.stream().filter(step -> !step.ends().isEmpty()).map(ConversationStep::reading).toList());
        count(claim, valid, moved, done, newMessages, newCalls, newMedia);
        issues.add(claim.run(), valid.stream().flatMap(step -> step.issues().stream()).toList());
    }

    /** Moves the conversations that stand where their step starts, and returns their status by their ids. */
    private Map<String, String> move(Claim.Held claim, List<ConversationStep> steps) {
        List<?> moved = entityManager.createNativeQuery("""
                WITH step AS (
                    SELECT * FROM jsonb_to_recordset(CAST(:moves AS jsonb)) AS step(conversation text, status text,
                        from_stage text, from_token text, to_stage text, to_token text, refused boolean)
                ), locked AS (
                    -- Twins end, and others are counted up, after messages have been locked: too late to begin waiting.
                    SELECT conversation_id FROM import_conversations
                    WHERE run_id = :run AND (conversation_id = ANY(:named) OR same_thread_as = ANY(:conversations))
                    ORDER BY conversation_id FOR UPDATE
                )
                UPDATE import_conversations AS reading SET
                    status = CASE WHEN step.status = 'done' AND (reading.refused OR step.refused) THEN 'unavailable'
                        ELSE step.status END,
                    refused = reading.refused OR step.refused, stage = step.to_stage, page_token = step.to_token,
                    completed_at = CASE WHEN step.status <> 'pending' THEN clock_timestamp() END
                FROM step JOIN locked ON locked.conversation_id = step.conversation
                WHERE reading.run_id = :run AND reading.conversation_id = step.conversation AND reading.status = 'pending'
                    AND reading.stage = step.from_stage AND reading.page_token IS NOT DISTINCT FROM step.from_token
                RETURNING reading.conversation_id, reading.status
                """, Tuple.class)
                .setParameter("run", claim.run())
                .setParameter("moves", JsonRows.rows(steps.stream().map(Move::of).toList()))
                // As arrays each of them is looked up in an index; a subquery would be looked up for each row of the run.
                .setParameter("conversations", steps.stream().map(ConversationStep::conversation).toArray(String[]::new))
                .setParameter("named", steps.stream()
                        .flatMap(step -> Stream.concat(Stream.of(step.conversation()), step.namedConversations()))
                        .distinct().toArray(String[]::new))
                .getResultList();
        return moved.stream().map(Tuple.class::cast)
                .collect(Collectors.toMap(row -> (String) row.get("conversation_id"), row -> (String) row.get("status")));
    }

    /** Conversations that were not asked for themselves end with the one that was; returns how many have been read by that. */
    private int endTwins(Claim.Held claim, Map<String, String> moved) {
        int done = (int) moved.values().stream().filter(DONE::equals).count();
        var ended = moved.entrySet().stream().filter(each -> !each.getValue().equals("pending")).map(Map.Entry::getKey)
                .toArray(String[]::new);
        if (ended.length == 0 || !claim.twins()) {
            return done;
        }
        List<?> twins = entityManager.createNativeQuery("""
                UPDATE import_conversations AS twin SET status = first.status, completed_at = clock_timestamp()
                FROM import_conversations AS first
                WHERE first.run_id = :run AND first.conversation_id = ANY(:ended)
                    AND twin.run_id = :run AND twin.batch_id = :batch AND twin.same_thread_as = first.conversation_id
                    AND twin.status = 'pending'
                RETURNING twin.status
                """, String.class)
                .setParameter("run", claim.run())
                .setParameter("batch", claim.batch())
                .setParameter("ended", ended)
                .getResultList();
        return done + (int) twins.stream().filter(DONE::equals).count();
    }

    private void count(Claim.Held claim, List<ConversationStep> steps, Map<String, String> moved, int done, int messages,
            int calls, int media) {
        if (steps.isEmpty()) {
            return;
        }
        var completed = steps.stream().map(ConversationStep::conversation).filter(id -> DONE.equals(moved.get(id))).toList();
        int counted = entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    processed_conversations = processed_conversations + :done,
                    processed_messages = processed_messages + :messages,
                    processed_calls = processed_calls + :calls,
                    total_media = coalesce(total_media, 0) + :media,
                    current_conversation = :current,
                    last_completed_conversation = coalesce(CAST(:completed AS text), last_completed_conversation)
                WHERE id = :run AND %s
                """.formatted(Runs.GOES_ON))
                .setParameter("done", done)
                .setParameter("messages", messages)
                .setParameter("calls", calls)
                .setParameter("media", media)
                .setParameter("current", steps.getLast().conversation())
                .setParameter("completed", completed.isEmpty() ? null : completed.getLast())
                .setParameter("run", claim.run())
                .executeUpdate();
        if (counted == 0) {
            throw new NotNowException.RunStopped("over");
        }
    }

    @RegisterForReflection
    private record Move(String conversation, String status, String fromStage, @Nullable String fromToken, String toStage,
            @Nullable String toToken, boolean refused) {

        static Move of(ConversationStep step) {
            var to = step.to() == null ? step.from() : step.to();
            return new Move(step.conversation(), step.status(), step.from().stage().text(), step.from().pageToken(),
                    to.stage().text(), to.pageToken(), step.isRefused());
        }
    }
}
