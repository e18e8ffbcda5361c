package org.openphoneimport.call;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.activity.Activity;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.CallDocument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A call as stored. The document as received stands beside these columns, in {@code payload}. */
@Entity
@Table(name = "calls")
public class Call extends PanacheEntityBase {

    @Id
    public String id;

    @Column(name = "conversation_id")
    public @Nullable String conversationId;

    public @Nullable String direction;

    public @Nullable String status;

    /** Seconds. */
    public @Nullable Integer duration;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "last_run_id")
    public @Nullable UUID lastRunId;

    /**
     * A call that was received.
     *
     * @param conversationId the conversation that it belongs to, since calls name none; null when that is not known
     */
    @RegisterForReflection(registerFullHierarchy = true)
    public record Received(@Nullable String conversationId, @JsonUnwrapped CallDocument document) {
    }

    /**
     * Stores what was received; an older document never overwrites a newer one, but anything overwrites a row that was
     * changed outside of an import. What is stored is recorded beside it, for verification.
     *
     * @return how many of them this run had not received before; exact, since the rows are locked until the commit
     */
    public static int store(List<Received> received, UUID run) {
        if (received.isEmpty()) {
            return 0;
        }
        getEntityManager().createNativeQuery("""
                INSERT INTO calls AS stored (id, conversation_id, phone_number_id, user_id, participants, direction, status,
                    duration, call_route, answered_at, answered_by, initiated_by, forwarded_from, forwarded_to, ai_handled,
                    completed_at, created_at, updated_at, payload)
                SELECT DISTINCT ON (id) id, conversation_id, phone_number_id, user_id, participants, direction, status,
                    duration, call_route, answered_at, answered_by, initiated_by, forwarded_from, forwarded_to, ai_handled,
                    completed_at, created_at, updated_at, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, conversation_id text, phone_number_id text,
                    user_id text, participants text[], direction text, status text, duration integer, call_route text,
                    answered_at timestamptz, answered_by text, initiated_by text, forwarded_from text, forwarded_to text,
                    ai_handled text, completed_at timestamptz, created_at timestamptz, updated_at timestamptz, payload jsonb)
                ORDER BY id, updated_at DESC NULLS LAST
                ON CONFLICT (id) DO UPDATE SET
                    phone_number_id = excluded.phone_number_id,
                    user_id = excluded.user_id, participants = excluded.participants, direction = excluded.direction,
                    status = excluded.status, duration = excluded.duration, call_route = excluded.call_route,
                    answered_at = excluded.answered_at, answered_by = excluded.answered_by,
                    initiated_by = excluded.initiated_by, forwarded_from = excluded.forwarded_from,
                    forwarded_to = excluded.forwarded_to, ai_handled = excluded.ai_handled,
                    completed_at = excluded.completed_at, created_at = excluded.created_at,
                    updated_at = excluded.updated_at, payload = excluded.payload
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) OR (stored.payload <> excluded.payload
                    AND coalesce(excluded.updated_at >= stored.updated_at, true))
                """)
                .setParameter("rows", JsonRows.rows(received))
                .executeUpdate();
        return Activity.CALL.note(received.stream()
                .map(call -> new Activity.Received(call.document().id(), call.conversationId())).toList(), run);
    }
}
