-- unfinished: for two days OpenPhone gave neither content nor a final answer. What it did give is stored; the next run that
-- receives the call asks again.
ALTER TABLE call_parts
    DROP CONSTRAINT call_parts_status_check,
    ADD CONSTRAINT call_parts_status_check
        CHECK (status IN ('pending', 'waiting', 'stored', 'none', 'refused', 'failed', 'unfinished'));

-- Until now what was empty and had no status, or an unknown one, counted as stored.
UPDATE call_parts AS part SET status = 'waiting', first_asked_at = NULL, due_at = clock_timestamp()
WHERE part.status = 'stored' AND (
    (part.kind = 'recordings' AND EXISTS (
        SELECT FROM call_recordings AS recording WHERE recording.call_id = part.call_id AND coalesce(recording.url, '') = ''
            AND coalesce(recording.status, '') NOT IN ('absent', 'deleted', 'failed')))
    OR (part.kind = 'voicemail' AND EXISTS (
        SELECT FROM call_voicemails AS voicemail
        WHERE voicemail.call_id = part.call_id AND coalesce(voicemail.recording_url, '') = ''))
    OR (part.kind = 'transcript' AND EXISTS (
        SELECT FROM call_transcripts AS transcript WHERE transcript.call_id = part.call_id
            AND coalesce(transcript.dialogue, '[]') = '[]'
            AND coalesce(transcript.status, '') NOT IN ('absent', 'completed', 'failed')))
    OR (part.kind = 'summary' AND EXISTS (
        SELECT FROM call_summaries AS summary WHERE summary.call_id = part.call_id
            AND cardinality(summary.summary) = 0 AND cardinality(summary.next_steps) = 0
            AND coalesce(summary.payload -> 'jobs', 'null') IN ('null', '[]')
            AND coalesce(summary.status, '') NOT IN ('absent', 'completed', 'failed'))));
