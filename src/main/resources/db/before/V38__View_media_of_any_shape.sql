-- Files of a message stand in a list of documents; but one alone, or URLs alone, are files, too. Whatever names none takes no
-- position, as when it is imported.
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
SELECT 'recording', recording.id, 0, recording.url, recording.type, call.conversation_id
FROM call_recordings AS recording LEFT JOIN calls AS call ON call.id = recording.call_id
WHERE recording.url IS NOT NULL
UNION ALL
SELECT 'voicemail', voicemail.id, 0, voicemail.recording_url, NULL, call.conversation_id
FROM call_voicemails AS voicemail LEFT JOIN calls AS call ON call.id = voicemail.call_id
WHERE voicemail.recording_url IS NOT NULL;
