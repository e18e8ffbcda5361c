package org.openphoneimport.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Generation;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A conversation as stored. The document as received stands beside these columns, in {@code payload}. */
@Entity
@Table(name = "conversations")
public class Conversation extends PanacheEntityBase {

    @Id
    public String id;

    @Column(name = "phone_number_id")
    public @Nullable String phoneNumberId;

    public String[] participants;

    public @Nullable String name;

    @Column(name = "last_activity_at")
    public @Nullable Instant lastActivityAt;

    @Column(name = "last_activity_id")
    public @Nullable String lastActivityId;

    @Column(name = "last_run_id")
    public @Nullable UUID lastRunId;

    /** In SQL: the document that was received, with the one field that only v1 gives. */
    private static final String WITH_ASSIGNEE = """
            (CASE WHEN jsonb_exists(stored.payload, 'assignedTo')
                THEN jsonb_build_object('assignedTo', stored.payload -> 'assignedTo') ELSE '{}' END || excluded.payload)""";

    /** How many there are that OpenPhone has not ceased to list. */
    public static long countPresent() {
        return ((Number) getEntityManager()
                .createNativeQuery("SELECT count(*) FROM conversations WHERE absent_since IS NULL").getSingleResult())
                .longValue();
    }

    /**
     * Stores what was received; an older document never overwrites a newer one, but anything overwrites a row that was
     * changed outside of an import.
     *
     * @param by the generation whose list shows them; null where that has been noted before
     * @return ids of those that no list has shown before, or that OpenPhone had ceased to list
     */
    public static List<String> store(List<ConversationDocument> documents, UUID run, @Nullable Generation by) {
        var ids = documents.stream().map(ConversationDocument::id).toArray(String[]::new);
        var unseen = unseen(ids);
        getEntityManager().createNativeQuery("""
                INSERT INTO conversations AS stored (id, phone_number_id, participants, thread_key, name, assigned_to,
                    last_activity_at, last_activity_id, muted_until, snoozed_until, created_at, updated_at, deleted_at, payload)
                SELECT DISTINCT ON (id) id, phone_number_id, participants, thread_key, name, assigned_to,
                    last_activity_at, last_activity_id, muted_until, snoozed_until, created_at, updated_at, deleted_at, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, phone_number_id text, participants text[],
                    thread_key text, name text, assigned_to text, last_activity_at timestamptz, last_activity_id text,
                    muted_until timestamptz, snoozed_until timestamptz, created_at timestamptz, updated_at timestamptz,
                    deleted_at timestamptz, payload jsonb)
                ORDER BY id, updated_at DESC NULLS LAST
                ON CONFLICT (id) DO UPDATE SET
                    phone_number_id = excluded.phone_number_id, name = excluded.name,
                    -- v1 knows no parties but E.164 numbers; the newer API names the others.
                    participants = CASE WHEN excluded.participants = '{}' THEN stored.participants
                        ELSE excluded.participants END,
                    thread_key = CASE WHEN excluded.participants = '{}' THEN stored.thread_key ELSE excluded.thread_key END,
                    -- Not every API says who it is assigned to.
                    assigned_to = CASE WHEN jsonb_exists(excluded.payload, 'assignedTo') THEN excluded.assigned_to
                        ELSE stored.assigned_to END,
                    last_activity_at = excluded.last_activity_at, last_activity_id = excluded.last_activity_id,
                    muted_until = excluded.muted_until, snoozed_until = excluded.snoozed_until,
                    created_at = excluded.created_at, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at,
                    payload = %1$s
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) OR (stored.payload <> %1$s
                    AND coalesce(excluded.updated_at >= stored.updated_at, true))
                """.formatted(WITH_ASSIGNEE))
                .setParameter("rows", JsonRows.rows(documents.stream().map(Row::of).toList()))
                .executeUpdate();
        getEntityManager().createNativeQuery("""
                WITH listed AS (
                    INSERT INTO conversation_lists AS known (conversation_id, apis)
                    SELECT DISTINCT id, ARRAY[CAST(:by AS text)] FROM unnest(CAST(:ids AS text[])) AS id
                    WHERE CAST(:by AS text) IS NOT NULL ORDER BY id
                    ON CONFLICT (conversation_id) DO UPDATE SET apis = known.apis || excluded.apis
                    WHERE NOT known.apis @> excluded.apis
                )
                UPDATE conversations AS stored SET last_run_id = :run, absent_since = NULL, digest = row_digest(stored)
                WHERE id = ANY(:ids) AND (last_run_id IS DISTINCT FROM :run OR absent_since IS NOT NULL
                    OR digest IS DISTINCT FROM row_digest(stored))
                """)
                .setParameter("run", run)
                .setParameter("by", by == null ? null : by.text())
                .setParameter("ids", ids)
                .executeUpdate();
        return unseen;
    }

    private static List<String> unseen(String[] ids) {
        List<?> unseen = getEntityManager().createNativeQuery("""
                SELECT DISTINCT listed.id FROM unnest(CAST(:ids AS text[])) AS listed(id)
                LEFT JOIN conversations AS known ON known.id = listed.id
                WHERE known.last_run_id IS NULL OR known.absent_since IS NOT NULL
                """, String.class).setParameter("ids", ids).getResultList();
        return unseen.stream().map(String.class::cast).toList();
    }

    /**
     * Marks those as absent that OpenPhone has ceased to list, and those as present that it lists again.
     *
     * @return ids of the latter
     */
    public static List<String> turnPresence(List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<?> present = getEntityManager().createNativeQuery("""
                WITH turned AS (
                    UPDATE conversations SET absent_since = CASE WHEN absent_since IS NULL THEN clock_timestamp() END
                    WHERE id = ANY(:ids) RETURNING id, absent_since
                )
                SELECT id FROM turned WHERE absent_since IS NULL ORDER BY id
                """, String.class).setParameter("ids", ids.toArray(String[]::new)).getResultList();
        return present.stream().map(String.class::cast).toList();
    }

    /**
     * A conversation that no listing showed, but a row names.
     *
     * @param participants the other parties, as far as the row shows them
     */
    @RegisterForReflection
    public record Unlisted(String id, @Nullable String phoneNumberId, List<String> participants) {
    }

    /** Keeps what is known of conversations that no list has shown; any document overwrites it. */
    public static void keepUnlisted(List<Unlisted> conversations) {
        var rows = conversations.stream().map(each -> new UnlistedRow(each.id(), each.phoneNumberId(), each.participants(),
                ThreadKey.of(each.phoneNumberId(), each.participants()))).toList();
        getEntityManager().createNativeQuery("""
                INSERT INTO conversations (id, phone_number_id, participants, thread_key, payload)
                SELECT DISTINCT ON (id) id, phone_number_id, participants, thread_key, CAST('{}' AS jsonb)
                FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                    AS named(id text, phone_number_id text, participants text[], thread_key text)
                ORDER BY id
                ON CONFLICT DO NOTHING
                """).setParameter("rows", JsonRows.rows(rows)).executeUpdate();
    }

    @RegisterForReflection
    private record ThreadRow(String threadKey, String id) {
    }

    /**
     * The conversations that go by these keys. Of several with the same parties it is the one where something happened last,
     * and one that OpenPhone still lists if there is any: a conversation may come back under another id.
     */
    public static Map<String, String> idsByThread(List<String> keys) {
        List<?> rows = getEntityManager().createNativeQuery("""
                SELECT DISTINCT ON (thread_key) thread_key, id FROM conversations WHERE thread_key = ANY(:keys)
                ORDER BY thread_key, absent_since IS NOT NULL, last_activity_at DESC NULLS LAST, id
                """, ThreadRow.class).setParameter("keys", keys.toArray(String[]::new)).getResultList();
        return rows.stream().map(ThreadRow.class::cast)
                .collect(Collectors.toMap(row -> row.threadKey(), row -> row.id()));
    }

    @RegisterForReflection
    private record UnlistedRow(String id, @Nullable String phoneNumberId, List<String> participants,
            @Nullable String threadKey) {
    }

    /** The document as the statement reads it, with what OpenPhone can be asked for in one word. */
    @RegisterForReflection
    private record Row(String id, @Nullable String phoneNumberId, List<String> participants, @Nullable String threadKey,
            @Nullable String name, @Nullable String assignedTo, @Nullable Instant lastActivityAt,
            @Nullable String lastActivityId, @Nullable Instant mutedUntil, @Nullable Instant snoozedUntil,
            @Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Instant deletedAt, JsonNode payload) {

        static Row of(ConversationDocument received) {
            return new Row(received.id(), received.phoneNumberId(), received.participants(),
                    ThreadKey.of(received.phoneNumberId(), received.participants()),
                    received.name(), received.assignedTo(), received.lastActivityAt(), received.lastActivityId(),
                    received.mutedUntil(), received.snoozedUntil(), received.createdAt(), received.updatedAt(),
                    received.deletedAt(), received.payload());
        }
    }
}
