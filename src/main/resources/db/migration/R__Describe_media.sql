-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE media IS
    'Files that messages, recordings and voicemails point to, and whether they are stored. A row is written with what points '
    'to it; download-media fetches the file, keep-runs sends what is due. Only files with the status stored are whole.';
COMMENT ON COLUMN media.id IS
    'Counts up; stands in the queue record.';
COMMENT ON COLUMN media.subject IS
    'What points to the file: message, recording, voicemail or note.';
COMMENT ON COLUMN media.subject_id IS
    'Id of that, see messages.id, call_recordings.id, call_voicemails.id, '
    'contact_notes.id.';
COMMENT ON COLUMN media.position IS
    'Which of its files, from 0. For recordings and voicemails the position column of their tables.';
COMMENT ON COLUMN media.url IS
    'Where OpenPhone says that the file is; may have expired.';
COMMENT ON COLUMN media.type IS
    'MIME type as OpenPhone has it; null when it does not say.';
COMMENT ON COLUMN media.status IS
    'pending: to be downloaded, or tried again. stored: in the store. failed: tried often enough, or refused; finding says '
    'why, and it can be retried.';
COMMENT ON COLUMN media.finding IS
    'Why the file is not here, a sentence; null when it is, or was not tried yet.';
COMMENT ON COLUMN media.storage_key IS
    'Name of the file in the folder or bucket, such as message/AC123/0; null until it is stored.';
COMMENT ON COLUMN media.content_type IS
    'MIME type as the host of the file declared it; null until it is stored.';
COMMENT ON COLUMN media.size IS
    'Bytes; null until it is stored.';
COMMENT ON COLUMN media.sha256 IS
    'SHA-256 of the content in hexadecimal; null until it is stored.';
COMMENT ON COLUMN media.stored_at IS
    'When it was stored; null until it is.';
COMMENT ON COLUMN media.attempts IS
    'Downloads that were begun, those that died included; a retry begins at 0.';
COMMENT ON COLUMN media.due_at IS
    'Not downloaded before this time: until then a download has it, or it waits for another try.';
COMMENT ON COLUMN media.sent_at IS
    'When its record was last put on the queue; null when it has to be sent.';
COMMENT ON COLUMN media.claim IS
    'The download that has it, a UUID; only that may say how it ended. Null when none has.';
COMMENT ON COLUMN media.tried_at IS
    'When a download last ended, well or not; null before the first.';
COMMENT ON COLUMN media.url_asked_at IS
    'When a new URL was requested from OpenPhone, once for each expiry; null when none was.';
COMMENT ON COLUMN media.last_run_id IS
    'Run that last found it, see import_runs.id.';

COMMENT ON TABLE import_media IS
    'Files that a run has found. Several runs may find the same file, and it counts for each of them.';
COMMENT ON COLUMN import_media.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN import_media.subject IS
    'As in media.';
COMMENT ON COLUMN import_media.subject_id IS
    'As in media.';
COMMENT ON COLUMN import_media.position IS
    'As in media.';
COMMENT ON COLUMN import_media.counted IS
    'Whether the run''s processed_media includes it.';

COMMENT ON TABLE media_to_delete IS
    'Files that nothing points to since imported data was cleared. Written when it is cleared; keep-runs deletes the files, '
    'and then the rows.';
COMMENT ON COLUMN media_to_delete.storage_key IS
    'Name of the file in the folder or bucket, as media.storage_key was.';

END $$;
