package org.openphoneimport.message;

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
import org.openphoneimport.document.MessageDocument;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A message as stored. The document as received stands beside these columns, in {@code payload}. */
@Entity
@Table(name = "messages")
public class Message extends PanacheEntityBase {

    @Id
    public String id;

    @Column(name = "conversation_id")
    public String conversationId;

    public @Nullable String direction;

    public @Nullable String status;

    public @Nullable String text;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Column(name = "last_run_id")
    public @Nullable UUID lastRunId;

    /** In SQL: the document that was received. One of v1 may name no files where the newer API does: a message loses none. */
    private static final String WITH_FILES = """
            (excluded.payload || CASE WHEN jsonb_exists(stored.payload, 'media')
                    AND coalesce(excluded.payload -> 'media', '[]') IN ('[]', 'null')
                THEN jsonb_build_object('media', stored.payload -> 'media') ELSE '{}' END)""";

    /**
     * A message that was received.
     *
     * @param conversationId the conversation that was asked for; its own wins where it names one
     */
    @RegisterForReflection(registerFullHierarchy = true)
    public record Received(String conversationId, MessageDocument document) {

        /** The conversation that it belongs to. */
        public String conversation() {
            var named = document.conversationId();
            return named == null ? conversationId : named;
        }
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
                INSERT INTO messages AS stored (id, conversation_id, phone_number_id, user_id, direction, status, from_number,
                    to_numbers, text, created_at, updated_at, payload)
                SELECT DISTINCT ON (id) id, conversation_id, phone_number_id, user_id, direction, status, from_number,
                    to_numbers, text, created_at, updated_at, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, conversation_id text, phone_number_id text,
                    user_id text, direction text, status text, from_number text, to_numbers text[], text text,
                    created_at timestamptz, updated_at timestamptz, payload jsonb)
                ORDER BY id, updated_at DESC NULLS LAST
                ON CONFLICT (id) DO UPDATE SET
                    phone_number_id = excluded.phone_number_id,
                    user_id = excluded.user_id, direction = excluded.direction, status = excluded.status,
                    from_number = excluded.from_number, to_numbers = excluded.to_numbers, text = excluded.text,
                    created_at = excluded.created_at, updated_at = excluded.updated_at, payload = %1$s
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) OR (stored.payload <> %1$s
                    AND coalesce(excluded.updated_at >= stored.updated_at, true))
                """.formatted(WITH_FILES))
                .setParameter("rows", JsonRows.rows(received.stream().map(Row::of).toList()))
                .executeUpdate();
        return Activity.MESSAGE.note(received.stream()
                .map(message -> new Activity.Received(message.document().id(), message.conversation())).toList(), run);
    }

    @RegisterForReflection
    private record Row(String id, String conversationId, @Nullable String phoneNumberId, @Nullable String userId,
            @Nullable String direction, @Nullable String status, @Nullable String fromNumber, List<String> toNumbers,
            @Nullable String text, @Nullable Instant createdAt, @Nullable Instant updatedAt, JsonNode payload) {

        static Row of(Received received) {
            var message = received.document();
            return new Row(message.id(), received.conversation(), message.phoneNumberId(),
                    message.userId(), message.direction(), message.status(), message.from(), message.to(), message.text(),
                    message.createdAt(), message.updatedAt(), message.payload());
        }
    }
}
