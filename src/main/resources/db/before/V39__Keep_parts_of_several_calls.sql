-- One id of a recording or a voicemail may stand under several calls: each keeps its own. The file that an id points to is
-- the first of several then; position says which, as it does for those of a message.
ALTER TABLE call_recordings
    ADD COLUMN position integer NOT NULL DEFAULT 0,
    DROP CONSTRAINT call_recordings_pkey,
    ADD CONSTRAINT call_recordings_pkey PRIMARY KEY (call_id, id),
    ADD CONSTRAINT call_recordings_position_ukey UNIQUE (id, position);

ALTER TABLE call_voicemails
    ADD COLUMN position integer NOT NULL DEFAULT 0,
    DROP CONSTRAINT call_voicemails_pkey,
    ADD CONSTRAINT call_voicemails_pkey PRIMARY KEY (call_id, id),
    ADD CONSTRAINT call_voicemails_position_ukey UNIQUE (id, position);

-- The primary keys begin with the call now.
DROP INDEX call_recordings_call_idx;
DROP INDEX call_voicemails_call_idx;

CREATE OR REPLACE VIEW media_urls AS
SELECT 'message' AS subject, message.id AS subject_id,
    CAST(row_number() OVER (PARTITION BY message.id ORDER BY file.place) - 1 AS integer) AS position,
    CASE jsonb_typeof(file.document) WHEN 'string' THEN file.document #>> '{}' ELSE file.document ->> 'url' END AS url,
    file.document ->> 'type' AS type, message.conversation_id
FROM messages AS message
CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(message.payload -> 'media')
    WHEN 'array' THEN message.payload -> 'media'
    WHEN 'object' THEN jsonb_build_array(message.payload -> 'media')
    WHEN 'string' THEN jsonb_build_array(message.payload -> 'media')
    ELSE '[]' END) WITH ORDINALITY AS file(document, place)
WHERE message.absent_since IS NULL AND (jsonb_typeof(file.document -> 'url') = 'string'
    OR jsonb_typeof(file.document) = 'string' AND file.document #>> '{}' ~* '^\s*https?://')
UNION ALL
SELECT 'recording', recording.id, recording.position, recording.url, recording.type, call.conversation_id
FROM call_recordings AS recording LEFT JOIN calls AS call ON call.id = recording.call_id
WHERE recording.url IS NOT NULL
UNION ALL
SELECT 'voicemail', voicemail.id, voicemail.position, voicemail.recording_url, NULL, call.conversation_id
FROM call_voicemails AS voicemail LEFT JOIN calls AS call ON call.id = voicemail.call_id
WHERE voicemail.recording_url IS NOT NULL;

CREATE OR REPLACE VIEW conversation_overview AS
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
        sum((SELECT count(*) FROM media JOIN call_recordings AS recording
                    ON recording.id = media.subject_id AND recording.position = media.position
                WHERE subject = 'recording' AND recording.call_id = calls.id)
            + (SELECT count(*) FROM media JOIN call_voicemails AS voicemail
                    ON voicemail.id = media.subject_id AND voicemail.position = media.position
                WHERE subject = 'voicemail' AND voicemail.call_id = calls.id)) AS media
    FROM calls WHERE conversation_id = conversation.id AND absent_since IS NULL
) AS call ON true;
