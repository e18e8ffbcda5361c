-- Files of a message stand in a list of documents; but one alone, or URLs alone, are files, too. What names none takes no
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
SELECT 'recording', recording.id, recording.position, recording.url, recording.type, call.conversation_id
FROM call_recordings AS recording LEFT JOIN calls AS call ON call.id = recording.call_id
WHERE recording.url IS NOT NULL
UNION ALL
SELECT 'voicemail', voicemail.id, voicemail.position, voicemail.recording_url, NULL, call.conversation_id
FROM call_voicemails AS voicemail LEFT JOIN calls AS call ON call.id = voicemail.call_id
WHERE voicemail.recording_url IS NOT NULL
UNION ALL
SELECT 'note', note.id, CAST(row_number() OVER (PARTITION BY note.id ORDER BY file.place) - 1 AS integer),
    CASE jsonb_typeof(file.document) WHEN 'string' THEN file.document #>> '{}' ELSE file.document ->> 'url' END,
    file.document ->> 'type', NULL
FROM contact_notes AS note
CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(note.payload -> 'media')
    WHEN 'array' THEN note.payload -> 'media'
    WHEN 'object' THEN jsonb_build_array(note.payload -> 'media')
    WHEN 'string' THEN jsonb_build_array(note.payload -> 'media')
    ELSE '[]' END) WITH ORDINALITY AS file(document, place)
WHERE note.absent_since IS NULL AND (jsonb_typeof(file.document -> 'url') = 'string'
    OR jsonb_typeof(file.document) = 'string' AND file.document #>> '{}' ~* '^\s*https?://');

COMMENT ON VIEW media_urls IS
    'Every file that a stored document points to. Verification compares it with media.';
COMMENT ON COLUMN media_urls.subject IS
    'What points to it: message, recording, voicemail or note.';
COMMENT ON COLUMN media_urls.subject_id IS
    'Id of that, see media.subject_id.';
COMMENT ON COLUMN media_urls.position IS
    'Which of its files, see media.position.';
COMMENT ON COLUMN media_urls.url IS
    'Where OpenPhone says that the file is; may have expired.';
COMMENT ON COLUMN media_urls.type IS
    'MIME type as OpenPhone has it; null when it does not say, and for voicemails.';
COMMENT ON COLUMN media_urls.conversation_id IS
    'The conversation, see conversations.id; null when that of a call is not known, and for notes of contacts.';
