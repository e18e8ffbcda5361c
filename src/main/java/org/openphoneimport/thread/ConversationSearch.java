package org.openphoneimport.thread;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.directory.E164;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Finds conversations by a number however it was typed, by names, by words of messages and calls, and by OpenPhone's ids.
 * Called within a {@link org.openphoneimport.status.Snapshot}.
 */
@ApplicationScoped
public class ConversationSearch {

    // Indexes messages_text_idx, call_transcripts_text_idx, call_voicemails_text_idx and call_summaries_text_idx have the same
    // expressions.
    private static final String FOUND = """
            WITH said AS MATERIALIZED (
                SELECT call_id FROM call_transcripts
                WHERE to_tsvector('simple', spoken_text(dialogue)) @@ CAST(:query AS tsquery)
                UNION SELECT call_id FROM call_voicemails
                WHERE to_tsvector('simple', left(transcript, 100000)) @@ CAST(:query AS tsquery)
                UNION SELECT call_id FROM call_summaries
                WHERE to_tsvector('simple', summary_text(summary, next_steps)) @@ CAST(:query AS tsquery)
            ), found AS MATERIALIZED (
                SELECT id, max(matched_at) AS matched_at, (array_agg(call_id ORDER BY matched_at DESC NULLS LAST))[1] AS call_id
                FROM (
                    SELECT conversation_id AS id, max(created_at) AS matched_at, CAST(NULL AS text) AS call_id FROM messages
                    WHERE to_tsvector('simple', left(text, 100000)) @@ CAST(:query AS tsquery) GROUP BY conversation_id
                    UNION ALL
                    SELECT conversation_id, created_at, NULL FROM messages WHERE id = :text
                    UNION ALL
                    SELECT conversation_id, created_at, calls.id FROM calls JOIN said ON said.call_id = calls.id
                    WHERE conversation_id IS NOT NULL
                    UNION ALL
                    SELECT conversation_id, created_at, NULL FROM calls WHERE id = :text AND conversation_id IS NOT NULL
                    UNION ALL
                    SELECT id, NULL, NULL FROM conversations
                    WHERE id = :text OR NOT EXISTS (SELECT FROM unnest(CAST(:words AS text[])) AS word
                        WHERE position(word IN lower(concat_ws(' ', name, array_to_string(participants, ' ')))) = 0)
                    UNION ALL
                    SELECT conversation.id, NULL, NULL FROM conversations AS conversation CROSS JOIN unnest(participants) AS party
                    WHERE :digits <> '' AND position(:digits IN regexp_replace(party, '\\D', '', 'g')) > 0 OR party = :number
                    UNION ALL
                    SELECT conversation.id, NULL, NULL FROM conversations AS conversation CROSS JOIN unnest(participants) AS party
                    WHERE party IN (SELECT phone.number FROM contacts AS person
                        JOIN contact_phone_numbers AS phone ON phone.contact_id = person.id
                        WHERE NOT EXISTS (SELECT FROM unnest(CAST(:words AS text[])) AS word
                            WHERE position(word IN lower(concat_ws(' ', first_name, last_name, company))) = 0))
                ) AS one GROUP BY id
            )
            """;

    private static final String PAGE = """
            SELECT page.id, nullif(page.activity, '-infinity') AS activity, own.number AS own_number, own.name AS own_name,
                array_remove(page.participants, NULL) AS participants, page.name, contact.names AS contacts,
                page.deleted_at IS NOT NULL OR page.absent_since IS NOT NULL AS gone,
                (SELECT count(*) FROM messages WHERE conversation_id = page.id) AS messages,
                (SELECT count(*) FROM calls WHERE conversation_id = page.id) AS calls,
                coalesce(spoken.text, newest.text) AS excerpt, spoken.text IS NOT NULL AS spoken, page.matched_at
            FROM (
                SELECT conversation.*, coalesce(last_activity_at, created_at, '-infinity') AS activity, %s
                FROM conversations AS conversation %s
                WHERE CAST(:before AS text) IS NULL OR (coalesce(last_activity_at, created_at, '-infinity'), conversation.id)
                    < (CAST(:before AS timestamptz), CAST(:id AS text))
                ORDER BY coalesce(last_activity_at, created_at, '-infinity') DESC, conversation.id DESC LIMIT :limit
            ) AS page
            LEFT JOIN phone_numbers AS own ON own.id = page.phone_number_id
            LEFT JOIN LATERAL (
                SELECT nullif(string_agg(DISTINCT coalesce(nullif(concat_ws(' ', person.first_name, person.last_name), ''),
                    person.company), ', '), '') AS names
                FROM contact_phone_numbers AS phone JOIN contacts AS person ON person.id = phone.contact_id
                WHERE phone.number = ANY(page.participants) AND person.absent_since IS NULL
            ) AS contact ON true
            LEFT JOIN LATERAL (
                SELECT left(text, 200) AS text FROM messages
                WHERE conversation_id = page.id AND created_at <= coalesce(page.matched_at, 'infinity')
                ORDER BY created_at DESC LIMIT 1
            ) AS newest ON true
            LEFT JOIN LATERAL (
                -- ts_headline parses all of it, a millisecond and more for each.
                SELECT substr(whole, greatest(1, place - 100), 300) AS text
                FROM (SELECT concat_ws(' ', (SELECT spoken_text(dialogue) FROM call_transcripts WHERE call_id = page.call_id),
                        (SELECT string_agg(left(transcript, 100000), ' ') FROM call_voicemails WHERE call_id = page.call_id),
                        (SELECT summary_text(summary, next_steps) FROM call_summaries WHERE call_id = page.call_id)) AS whole
                    WHERE page.call_id IS NOT NULL OFFSET 0) AS call
                CROSS JOIN LATERAL (SELECT coalesce(nullif(position(' ' || :word IN ' ' || lower(whole)), 0),
                    position(:word IN lower(whole))) AS place) AS word
            ) AS spoken ON true
            ORDER BY page.activity DESC, page.id DESC
            """;

    private final EntityManager entityManager;

    ConversationSearch(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @RegisterForReflection
    private record Row(String id, @Nullable Instant activity, @Nullable String ownNumber, @Nullable String ownName,
            String[] participants, @Nullable String name, @Nullable String contacts, boolean gone, long messages, long calls,
            @Nullable String excerpt, boolean spoken, @Nullable Instant matchedAt) {
    }

    /**
     * Those with the newest activity first.
     *
     * @param before only those behind this one; null for the first page
     */
    public List<FoundConversation> read(Wanted wanted, @Nullable Bound before, int limit) {
        var query = entityManager.createNativeQuery(
                wanted.isEmpty() ? PAGE.formatted("CAST(NULL AS timestamptz) AS matched_at, CAST(NULL AS text) AS call_id", "")
                        : FOUND + PAGE.formatted("found.matched_at, found.call_id", "JOIN found ON found.id = conversation.id"),
                Row.class)
                .setParameter("before", before == null ? null : before.time())
                .setParameter("id", before == null ? null : before.id())
                .setParameter("limit", limit)
                .setParameter("word", wanted.isEmpty() ? "" : wanted.words().getFirst());
        if (!wanted.isEmpty()) {
            query.setParameter("query", words(wanted)).setParameter("text", wanted.text())
                    .setParameter("words", wanted.words().toArray(String[]::new)).setParameter("digits", wanted.digits())
                    .setParameter("number", number(wanted));
        }
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> found((Row) row)).toList();
    }

    /** All of the words, the last one perhaps not typed to its end; empty when Postgres sees no word. */
    private String words(Wanted wanted) {
        var query = (String) entityManager.createNativeQuery("SELECT CAST(plainto_tsquery('simple', :text) AS text)",
                String.class).setParameter("text", wanted.text()).getSingleResult();
        return query.isEmpty() || !wanted.endsInPrefix() ? query : query + ":*";
    }

    private static String number(Wanted wanted) {
        var number = wanted.digits().isEmpty() ? null : E164.ofWorkspace().of(wanted.text());
        return number == null ? "" : number;
    }

    private static FoundConversation found(Row row) {
        return new FoundConversation(row.id(), row.activity(), row.ownNumber(), row.ownName(),
                List.of(row.participants()), row.name(), row.contacts(), row.gone(), row.messages(), row.calls(),
                row.excerpt(), row.spoken(), row.matchedAt());
    }
}
