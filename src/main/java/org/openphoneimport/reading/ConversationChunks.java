package org.openphoneimport.reading;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.Progress;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Stores what was read of conversations: a chunk counts only if its conversation still stands where the chunk starts. */
@ApplicationScoped
public class ConversationChunks {

    private static final String DONE = "done";

    private final EntityManager entityManager;
    private final IssueLog issues;
    private final Ledger ledger;
    private final Counters counters;

    ConversationChunks(EntityManager entityManager, IssueLog issues, Ledger ledger, Counters counters) {
        this.entityManager = entityManager;
        this.issues = issues;
        this.ledger = ledger;
        this.counters = counters;
    }

    @Transactional
    public void store(BatchClaim.Held claim, List<ConversationChunk> chunks) {
        var moved = move(claim, chunks);
        var valid = chunks.stream().filter(chunk -> moved.containsKey(chunk.conversation())).toList();
        var calls = valid.stream().flatMap(chunk -> chunk.calls().stream()).toList();
        int newMessages = Message.store(valid.stream().flatMap(chunk -> chunk.messages().stream()).toList(), claim.run());
        int newCalls = Call.store(calls, claim.run());
        CallPart.note(calls.stream().map(call -> call.document().id()).toList(), claim.run());
        int newMedia = Media.note(valid.stream().flatMap(chunk -> chunk.media().stream()).toList(), claim.run());
        int done = endTwins(claim, moved);
        ledger.addReadings(claim.batch(),
                valid.stream().filter(chunk -> !chunk.ends().isEmpty()).map(ConversationChunk::reading).toList());
        count(claim, valid, moved, done, newMessages, newCalls, newMedia);
        issues.add(claim.run(), valid.stream().flatMap(chunk -> chunk.issues().stream()).toList());
    }

    @RegisterForReflection
    private record MovedRow(String conversationId, String status) {
    }

    /** Moves the conversations that stand where their chunk starts, and returns their status by their ids. */
    private Map<String, String> move(BatchClaim.Held claim, List<ConversationChunk> chunks) {
        List<?> moved = entityManager.createNativeQuery("""
                WITH chunk AS (
                    SELECT * FROM jsonb_to_recordset(CAST(:moves AS jsonb)) AS chunk(conversation text, status text,
                        from_stage text, from_token text, to_stage text, to_token text, refused boolean)
                ), locked AS (
                    -- Twins end, and others are counted up, after messages have been locked: too late to begin waiting.
                    SELECT conversation_id FROM import_conversations
                    WHERE run_id = :run AND (conversation_id = ANY(:named) OR same_thread_as = ANY(:conversations))
                    ORDER BY conversation_id FOR UPDATE
                )
                UPDATE import_conversations AS reading SET
                    status = CASE WHEN chunk.status = 'done' AND (reading.refused OR chunk.refused) THEN 'unavailable'
                        ELSE chunk.status END,
                    refused = reading.refused OR chunk.refused, stage = chunk.to_stage, page_token = chunk.to_token,
                    completed_at = CASE WHEN chunk.status <> 'pending' THEN clock_timestamp() END
                FROM chunk JOIN locked ON locked.conversation_id = chunk.conversation
                WHERE reading.run_id = :run AND reading.conversation_id = chunk.conversation AND reading.status = 'pending'
                    AND reading.stage = chunk.from_stage AND reading.page_token IS NOT DISTINCT FROM chunk.from_token
                RETURNING reading.conversation_id, reading.status
                """, MovedRow.class)
                .setParameter("run", claim.run())
                .setParameter("moves", JsonRows.rows(chunks.stream().map(Move::of).toList()))
                // As arrays each of them is looked up in an index; a subquery would be looked up for each row of the run.
                .setParameter("conversations", chunks.stream().map(ConversationChunk::conversation).toArray(String[]::new))
                .setParameter("named", chunks.stream()
                        .flatMap(chunk -> Stream.concat(Stream.of(chunk.conversation()), chunk.namedConversations()))
                        .distinct().toArray(String[]::new))
                .getResultList();
        return moved.stream().map(MovedRow.class::cast)
                .collect(Collectors.toMap(row -> row.conversationId(), row -> row.status()));
    }

    /** Conversations that were not asked for themselves end with the one that was; returns how many have been read by that. */
    private int endTwins(BatchClaim.Held claim, Map<String, String> moved) {
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

    private void count(BatchClaim.Held claim, List<ConversationChunk> chunks, Map<String, String> moved, int done, int messages,
            int calls, int media) {
        if (chunks.isEmpty()) {
            return;
        }
        var completed = chunks.stream().map(ConversationChunk::conversation).filter(id -> DONE.equals(moved.get(id))).toList();
        counters.addWhileGoingOn(claim.run(), new Progress(0, done, messages, calls, media, chunks.getLast().conversation(),
                completed.isEmpty() ? null : completed.getLast()));
    }

    @RegisterForReflection
    private record Move(String conversation, String status, String fromStage, @Nullable String fromToken, String toStage,
            @Nullable String toToken, boolean refused) {

        static Move of(ConversationChunk chunk) {
            var to = chunk.to() == null ? chunk.from() : chunk.to();
            return new Move(chunk.conversation(), chunk.status(), chunk.from().stage().text(), chunk.from().pageToken(),
                    to.stage().text(), to.pageToken(), chunk.isRefused());
        }
    }
}
