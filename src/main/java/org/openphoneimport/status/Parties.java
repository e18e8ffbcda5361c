package org.openphoneimport.status;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Whom something is about: an id alone tells an operator nothing.
 *
 * @param conversation OpenPhone's id; null where it belongs to none
 * @param name of the conversation, or of the contacts in it; null where there is none
 * @param numbers the other participants
 */
@RegisterForReflection
public record Parties(@Nullable String conversation, @Nullable String name, List<String> numbers) {

    /** Columns that {@link #of} takes, where {@link #JOIN} stands behind a table {@code about}. */
    static final String COLUMNS = """
            conversation.id AS conversation, coalesce(conversation.name, contact.names) AS party, ARRAY(
                SELECT number FROM unnest(conversation.participants) AS number
                WHERE number NOT IN (SELECT own.number FROM phone_numbers AS own WHERE own.number IS NOT NULL)) AS numbers
            """;

    /** Finds the conversation by subject and subject_id, and who takes part in it. */
    static final String JOIN = """
            LEFT JOIN LATERAL (
                SELECT CASE about.subject
                    WHEN 'conversation' THEN about.subject_id
                    WHEN 'group calls' THEN about.subject_id
                    WHEN 'message' THEN (SELECT conversation_id FROM messages WHERE id = about.subject_id)
                    WHEN 'call' THEN (SELECT conversation_id FROM calls WHERE id = about.subject_id)
                    WHEN 'call part' THEN
                        (SELECT conversation_id FROM calls WHERE id = split_part(about.subject_id, ' ', 1))
                    WHEN 'media' THEN CASE split_part(about.subject_id, '/', 1)
                        WHEN 'message' THEN
                            (SELECT conversation_id FROM messages WHERE id = split_part(about.subject_id, '/', 2))
                        WHEN 'recording' THEN (SELECT conversation_id FROM calls JOIN call_recordings AS part
                            ON part.call_id = calls.id WHERE part.id = split_part(about.subject_id, '/', 2) LIMIT 1)
                        WHEN 'voicemail' THEN (SELECT conversation_id FROM calls JOIN call_voicemails AS part
                            ON part.call_id = calls.id WHERE part.id = split_part(about.subject_id, '/', 2) LIMIT 1)
                        END
                    END AS conversation_id
            ) AS place ON true
            LEFT JOIN conversations AS conversation ON conversation.id = place.conversation_id
            LEFT JOIN LATERAL (
                SELECT nullif(string_agg(DISTINCT coalesce(nullif(concat_ws(' ', person.first_name, person.last_name), ''),
                    person.company), ', '), '') AS names
                FROM contact_phone_numbers AS phone JOIN contacts AS person ON person.id = phone.contact_id
                WHERE phone.number = ANY(conversation.participants) AND person.absent_since IS NULL
            ) AS contact ON true
            """;

    /** What {@link #COLUMNS} holds. */
    static Parties of(@Nullable String conversation, @Nullable String party, String[] numbers) {
        return new Parties(conversation, party, List.of(numbers));
    }
}
