-- One line a conversation, for people who ask questions in SQL: with whom, over which number, from when to when, how much.
CREATE VIEW conversation_overview AS
SELECT conversation.id,
    own.number,
    own.name AS number_name,
    conversation.participants,
    contact.names AS contact,
    least(message.first_at, call.first_at) AS first_activity_at,
    greatest(message.last_at, call.last_at) AS last_activity_at,
    coalesce(message.count, 0) AS messages,
    coalesce(call.count, 0) AS calls,
    coalesce(message.media, 0) + coalesce(call.media, 0) AS media
FROM conversations AS conversation
LEFT JOIN phone_numbers AS own ON own.id = conversation.phone_number_id
LEFT JOIN LATERAL (
    -- Contacts that share a number are named together, and so are those of a group.
    SELECT nullif(string_agg(DISTINCT coalesce(nullif(concat_ws(' ', person.first_name, person.last_name), ''),
        person.company), ', '), '') AS names
    FROM contact_phone_numbers AS phone JOIN contacts AS person ON person.id = phone.contact_id
    WHERE phone.number = ANY(conversation.participants) AND person.absent_since IS NULL
) AS contact ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS count, min(created_at) AS first_at, max(created_at) AS last_at,
        sum((SELECT count(*) FROM media WHERE subject = 'message' AND subject_id = messages.id)) AS media
    FROM messages WHERE conversation_id = conversation.id AND absent_since IS NULL
) AS message ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS count, min(created_at) AS first_at, max(created_at) AS last_at,
        sum((SELECT count(*) FROM media JOIN call_recordings AS recording ON recording.id = media.subject_id
                WHERE subject = 'recording' AND recording.call_id = calls.id)
            + (SELECT count(*) FROM media JOIN call_voicemails AS voicemail ON voicemail.id = media.subject_id
                WHERE subject = 'voicemail' AND voicemail.call_id = calls.id)) AS media
    FROM calls WHERE conversation_id = conversation.id AND absent_since IS NULL
) AS call ON true;
