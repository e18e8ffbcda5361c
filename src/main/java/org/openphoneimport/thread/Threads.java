package org.openphoneimport.thread;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads conversations page by page. Called within a {@link org.openphoneimport.status.Snapshot}. */
@ApplicationScoped
public class Threads {

    // Index messages_thread_idx has the same expression.
    private static final String PAGE = """
            SELECT kind, id FROM (
                (SELECT 'message' AS kind, id, coalesce(created_at, '-infinity') AS at FROM messages
                WHERE conversation_id = :conversation AND (CAST(:bound AS text) IS NULL OR (coalesce(created_at, '-infinity'), id)
                    <OLDER> (CAST(:bound AS timestamptz), CAST(:id AS text)))
                ORDER BY coalesce(created_at, '-infinity') <ORDER>, id <ORDER> LIMIT :limit)
                UNION ALL
                (SELECT 'call', id, coalesce(created_at, '-infinity') FROM calls
                WHERE conversation_id = :conversation AND (CAST(:bound AS text) IS NULL OR (coalesce(created_at, '-infinity'), id)
                    <OLDER> (CAST(:bound AS timestamptz), CAST(:id AS text)))
                ORDER BY coalesce(created_at, '-infinity') <ORDER>, id <ORDER> LIMIT :limit)
            ) AS entry ORDER BY at <ORDER>, id <ORDER> LIMIT :limit
            """;

    private static final String OLDER = PAGE.replace("<OLDER>", "<").replace("<ORDER>", "DESC");
    private static final String NEWER = PAGE.replace("<OLDER>", ">").replace("<ORDER>", "ASC");

    private final EntityManager entityManager;
    private final Messages messages;
    private final Calls calls;

    Threads(EntityManager entityManager, Messages messages, Calls calls) {
        this.entityManager = entityManager;
        this.messages = messages;
        this.calls = calls;
    }

    /**
     * How much of each entry is read.
     *
     * @param characters of each text
     * @param files of each message
     * @param lines of each dialogue
     */
    public record Share(int characters, int files, int lines) {

        /** Of many entries together. */
        public static final Share SOME = new Share(4_000, 12, 400);

        /** Of one entry alone. */
        public static final Share ALL = new Share(2_000_000, 10_000, 100_000);

        @Nullable
        String of(@Nullable String text) {
            if (text == null || text.length() <= characters) {
                return text;
            }
            return text.substring(0, Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters)
                    + " ...";
        }
    }

    @RegisterForReflection
    private record HeadRow(String id, @Nullable String ownNumber, @Nullable String ownName, @Nullable String phoneNumberId,
            String[] participants, @Nullable String name, @Nullable String lastActivityId, @Nullable Instant deletedAt,
            @Nullable Instant absentSince, long messages, long calls) {
    }

    /** What stands above the thread. */
    public Optional<ThreadHead> conversation(String id) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT conversation.id, own.number AS own_number, own.name AS own_name, conversation.phone_number_id,
                            array_remove(conversation.participants, NULL) AS participants, conversation.name, conversation.last_activity_id,
                            conversation.deleted_at, conversation.absent_since,
                            (SELECT count(*) FROM messages WHERE conversation_id = conversation.id) AS messages,
                            (SELECT count(*) FROM calls WHERE conversation_id = conversation.id) AS calls
                        FROM conversations AS conversation LEFT JOIN phone_numbers AS own ON own.id = conversation.phone_number_id
                        WHERE conversation.id = :id
                        """,
                HeadRow.class).setParameter("id", storable(id)).getResultList();
        return rows.stream().map(row -> conversation((HeadRow) row)).findFirst();
    }

    /** Entries behind a bound, the newest of them, in the order of time. Without a bound, the newest of all. */
    public List<Entry> older(String conversation, @Nullable Bound before, int limit) {
        return entries(OLDER, conversation, before, limit).reversed();
    }

    /** Entries before a bound, the oldest of them, in the order of time. */
    public List<Entry> newer(String conversation, Bound after, int limit) {
        return entries(NEWER, conversation, after, limit);
    }

    @RegisterForReflection
    private record EntryRow(String kind, String id) {
    }

    /** One message or call of a conversation, all of it. */
    public Optional<Entry> entry(String conversation, String id) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT 'message' AS kind, id FROM messages WHERE id = :id AND conversation_id = :conversation
                UNION ALL SELECT 'call', id FROM calls WHERE id = :id AND conversation_id = :conversation
                """, EntryRow.class).setParameter("id", storable(id)).setParameter("conversation", conversation)
                .getResultList();
        return entries(rows, Share.ALL).stream().findFirst();
    }

    private List<Entry> entries(String sql, String conversation, @Nullable Bound bound, int limit) {
        List<?> rows = entityManager.createNativeQuery(sql, EntryRow.class)
                .setParameter("conversation", conversation)
                .setParameter("bound", bound == null ? null : bound.time())
                .setParameter("id", bound == null ? null : bound.id())
                .setParameter("limit", limit)
                .getResultList();
        return entries(rows, Share.SOME);
    }

    private List<Entry> entries(List<?> rows, Share share) {
        var keys = rows.stream().map(row -> ((EntryRow) row).id()).toList();
        var kinds = rows.stream().map(EntryRow.class::cast).collect(Collectors.groupingBy(EntryRow::kind,
                Collectors.mapping(EntryRow::id, Collectors.toList())));
        Map<String, Entry> found = Stream.concat(messages.read(ids(kinds, "message"), share).stream(),
                calls.read(ids(kinds, "call"), share).stream())
                .collect(Collectors.toMap(Entry::id, Function.identity(), (one, other) -> one));
        return new ArrayList<>(keys.stream().distinct().map(found::get).filter(Objects::nonNull).toList());
    }

    /** Postgres takes no such character, and no id has it. */
    private static String storable(String id) {
        return id.replace('\0', '\uFFFD');
    }

    private static Collection<String> ids(Map<String, List<String>> kinds, String kind) {
        return kinds.getOrDefault(kind, List.of());
    }

    private ThreadHead conversation(HeadRow row) {
        var participants = List.of(row.participants());
        return new ThreadHead(row.id(), row.ownNumber(), row.ownName(), row.phoneNumberId(), participants,
                row.name(), row.lastActivityId(), row.deletedAt(), row.absentSince(),
                row.messages(), row.calls(), contacts(participants));
    }

    private List<ThreadHead.Contact> contacts(List<String> participants) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT DISTINCT person.id, coalesce(nullif(concat_ws(' ', person.first_name, person.last_name), ''), person.company,
                                '') AS name,
                            CASE WHEN concat_ws(' ', person.first_name, person.last_name) <> '' THEN person.company END AS company,
                            person.role, phone.number
                        FROM contact_phone_numbers AS phone JOIN contacts AS person ON person.id = phone.contact_id
                        WHERE phone.number = ANY(:numbers) AND person.absent_since IS NULL ORDER BY phone.number, name, person.id LIMIT 50
                        """,
                ThreadHead.Contact.class).setParameter("numbers", participants.toArray(String[]::new)).getResultList();
        return rows.stream().map(ThreadHead.Contact.class::cast).toList();
    }
}
