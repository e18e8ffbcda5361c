-- Every file that a stored document points to. Positions count the files of a message that have a URL, as the import does.
CREATE VIEW media_urls AS
SELECT 'message' AS subject, message.id AS subject_id,
    CAST(row_number() OVER (PARTITION BY message.id ORDER BY file.place) - 1 AS integer) AS position,
    file.document ->> 'url' AS url, file.document ->> 'type' AS type, message.conversation_id
FROM messages AS message
CROSS JOIN LATERAL jsonb_array_elements(
    CASE WHEN jsonb_typeof(message.payload -> 'media') = 'array' THEN message.payload -> 'media' ELSE '[]' END)
    WITH ORDINALITY AS file(document, place)
WHERE message.absent_since IS NULL AND jsonb_typeof(file.document -> 'url') = 'string'
UNION ALL
SELECT 'recording', recording.id, 0, recording.url, recording.type, call.conversation_id
FROM call_recordings AS recording LEFT JOIN calls AS call ON call.id = recording.call_id
WHERE recording.url IS NOT NULL
UNION ALL
SELECT 'voicemail', voicemail.id, 0, voicemail.recording_url, NULL, call.conversation_id
FROM call_voicemails AS voicemail LEFT JOIN calls AS call ON call.id = voicemail.call_id
WHERE voicemail.recording_url IS NOT NULL;
