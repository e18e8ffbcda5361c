-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE calls IS
    'Calls. import-batch stores them under OpenPhone''s ids; an older document never overwrites a newer one. What belongs to '
    'a call stands in call_recordings, call_voicemails, call_transcripts and call_summaries. Nothing is ever deleted; '
    'absent_since marks calls that OpenPhone does not show any more.';
COMMENT ON COLUMN calls.id IS
    'OpenPhone''s id, AC..., unique among messages and calls together; unidentified-... where OpenPhone gives none.';
COMMENT ON COLUMN calls.conversation_id IS
    'The conversation, see conversations.id. OpenPhone''s calls name none, so it is derived from number and other parties; '
    'null when there is none with these.';
COMMENT ON COLUMN calls.phone_number_id IS
    'The workspace''s own number, PN..., see phone_numbers.id; null when OpenPhone does not name it.';
COMMENT ON COLUMN calls.user_id IS
    'User (US...) or AI agent (SYU...) that OpenPhone names for the call: userId in v1, actorId in the API of 2026-03-30; '
    'see users.id.';
COMMENT ON COLUMN calls.participants IS
    'Numbers of all parties, usually the own number among them; may be empty.';
COMMENT ON COLUMN calls.direction IS
    'incoming or outgoing.';
COMMENT ON COLUMN calls.status IS
    'queued, initiated, ringing and in-progress while it goes on; completed, busy, failed, no-answer, canceled, missed, '
    'answered, forwarded or abandoned when it has ended. A value that is not known is stored with a warning in import_issues.';
COMMENT ON COLUMN calls.duration IS
    'Seconds; null when OpenPhone does not say.';
COMMENT ON COLUMN calls.call_route IS
    'How an incoming call came: phone-number (dialled) or phone-menu; null for outgoing calls.';
COMMENT ON COLUMN calls.answered_at IS
    'When it was answered; null when it was not.';
COMMENT ON COLUMN calls.answered_by IS
    'User (US...) or AI agent (SYU...) that answered an incoming call; null for others.';
COMMENT ON COLUMN calls.initiated_by IS
    'User that made an outgoing call, US...; null for incoming calls.';
COMMENT ON COLUMN calls.forwarded_from IS
    'Number or user that forwarded the call; null when it was not forwarded.';
COMMENT ON COLUMN calls.forwarded_to IS
    'Number or user that the call was forwarded to; null when it was not forwarded.';
COMMENT ON COLUMN calls.ai_handled IS
    'ai-agent when an AI agent handled the call; null otherwise.';
COMMENT ON COLUMN calls.completed_at IS
    'When it ended; null while it goes on, or when OpenPhone does not say.';
COMMENT ON COLUMN calls.created_at IS
    'When it began; null, with a warning in import_issues, when OpenPhone does not say.';
COMMENT ON COLUMN calls.updated_at IS
    'When it last changed in OpenPhone; null when OpenPhone does not say. A document with an older one is not stored.';
COMMENT ON COLUMN calls.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN calls.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has, and when a retry will count it again.';
COMMENT ON COLUMN calls.absent_since IS
    'When a verification found that OpenPhone does not show it in its conversation; null while it does. An absent call no '
    'longer counts.';
COMMENT ON COLUMN calls.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a row that '
    'no import has written.';

COMMENT ON TABLE call_recordings IS
    'Recordings of calls, a row each segment. Stored when parts of calls are requested, see call_parts; the files are in '
    'media.';
COMMENT ON COLUMN call_recordings.call_id IS
    'The call, see calls.id.';
COMMENT ON COLUMN call_recordings.id IS
    'OpenPhone''s id, CR...; one id may stand under several calls.';
COMMENT ON COLUMN call_recordings.position IS
    'Which of the calls with this id it is, from 0; the position of its file in media.';
COMMENT ON COLUMN call_recordings.status IS
    'absent, completed, deleted, failed, in-progress, paused, processing, stopped or stopping; may be null.';
COMMENT ON COLUMN call_recordings.start_time IS
    'When the segment began; null when OpenPhone does not say.';
COMMENT ON COLUMN call_recordings.duration IS
    'Seconds; null when OpenPhone does not say.';
COMMENT ON COLUMN call_recordings.type IS
    'MIME type, such as audio/mpeg; may be null.';
COMMENT ON COLUMN call_recordings.url IS
    'OpenPhone''s URL of the file, short-lived; null until the recording is completed.';
COMMENT ON COLUMN call_recordings.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN call_recordings.last_run_id IS
    'Run that last received it, see import_runs.id.';

COMMENT ON TABLE call_voicemails IS
    'Voicemails that callers left. Stored when parts of calls are requested, see call_parts; the files are in media.';
COMMENT ON COLUMN call_voicemails.call_id IS
    'The call, see calls.id.';
COMMENT ON COLUMN call_voicemails.id IS
    'OpenPhone''s id, VM..., or voicemail-of-<call_id> where OpenPhone gives none; one id may stand under several calls.';
COMMENT ON COLUMN call_voicemails.position IS
    'Which of the calls with this id it is, from 0; the position of its file in media.';
COMMENT ON COLUMN call_voicemails.status IS
    'completed or in-progress; may be null.';
COMMENT ON COLUMN call_voicemails.duration IS
    'Seconds; null when OpenPhone does not say.';
COMMENT ON COLUMN call_voicemails.transcript IS
    'What was said; null when it was not transcribed.';
COMMENT ON COLUMN call_voicemails.recording_url IS
    'OpenPhone''s URL of the file, short-lived; null until it is completed.';
COMMENT ON COLUMN call_voicemails.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN call_voicemails.last_run_id IS
    'Run that last received it, see import_runs.id.';

COMMENT ON TABLE call_transcripts IS
    'What was said in calls. Stored when parts of calls are requested, see call_parts. Only some plans of OpenPhone have '
    'transcripts.';
COMMENT ON COLUMN call_transcripts.call_id IS
    'The call, see calls.id.';
COMMENT ON COLUMN call_transcripts.status IS
    'absent, in-progress, completed or failed; may be null.';
COMMENT ON COLUMN call_transcripts.duration IS
    'Seconds; null when OpenPhone does not say.';
COMMENT ON COLUMN call_transcripts.dialogue IS
    'What was said, in order: [{content, start, end, identifier, userId}], start and end in seconds from calls.created_at, '
    'whichever API it came from. Null until it is completed.';
COMMENT ON COLUMN call_transcripts.segments IS
    'The recorded segments it is made of, in order: [{recordingId, startTime, start, duration}], start in seconds from '
    'calls.created_at. Null when it came from v1, which does not tell segments apart.';
COMMENT ON COLUMN call_transcripts.created_at IS
    'When OpenPhone made it; null when OpenPhone does not say.';
COMMENT ON COLUMN call_transcripts.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN call_transcripts.last_run_id IS
    'Run that last received it, see import_runs.id.';

COMMENT ON TABLE call_summaries IS
    'Calls in short. Stored when parts of calls are requested, see call_parts. Only some plans of OpenPhone have summaries.';
COMMENT ON COLUMN call_summaries.call_id IS
    'The call, see calls.id.';
COMMENT ON COLUMN call_summaries.status IS
    'absent, in-progress, completed or failed; may be null.';
COMMENT ON COLUMN call_summaries.summary IS
    'The call in short, a point each.';
COMMENT ON COLUMN call_summaries.next_steps IS
    'What was agreed, a point each.';
COMMENT ON COLUMN call_summaries.payload IS
    'The document as received from OpenPhone; jobs has what an AI agent did.';
COMMENT ON COLUMN call_summaries.last_run_id IS
    'Run that last received it, see import_runs.id.';

COMMENT ON TABLE call_parts IS
    'The requests for what belongs to a call that has ended (recordings, voicemail, transcript, summary), and what came of '
    'them. import-batch inserts the rows with the calls; keep-runs writes batches for them, and requests again what waits.';
COMMENT ON COLUMN call_parts.call_id IS
    'The call, see calls.id.';
COMMENT ON COLUMN call_parts.kind IS
    'recordings, voicemail, transcript or summary.';
COMMENT ON COLUMN call_parts.status IS
    'pending: its run will request it. waiting: OpenPhone is still working on it, keep-runs requests it again. stored: it is '
    'here. none: there is none, or not yet, see due_at. refused: OpenPhone does not give it; the next run requests it again. '
    'failed: OpenPhone did not give it, import_issues says why. unfinished: OpenPhone did not finish it in two days; what '
    'came is stored, and the next run that receives the call requests it again.';
COMMENT ON COLUMN call_parts.answered IS
    'status as the last answer had it, which a cancelled run leaves behind where it was to ask again; null before the first.';
COMMENT ON COLUMN call_parts.run_id IS
    'Run that requests it, or was the last to.';
COMMENT ON COLUMN call_parts.batch_id IS
    'Batch that requests it; null before batches are written, and when no batch does.';
COMMENT ON COLUMN call_parts.attempts IS
    'Deliveries in which OpenPhone answered other requests, but not those of this call; after 4 '
    '(IMPORT_MAX_CONVERSATION_ATTEMPTS) it fails.';
COMMENT ON COLUMN call_parts.first_asked_at IS
    'Since when requests for it have had the outcome that the last one had; null before the first.';
COMMENT ON COLUMN call_parts.asked_at IS
    'When a request for it last had an outcome; null before. One that came less than two days after the call is not final: '
    'the next run requests the part again, unless it was stored.';
COMMENT ON COLUMN call_parts.call_updated_at IS
    'calls.updated_at as it was then: when the call has changed since, the next run requests the part again, stored or not. '
    'Null where that is not known: then it counts as changed.';
COMMENT ON COLUMN call_parts.due_at IS
    'When to request a part again that waits, or that there was none of when its call had just ended; null for others.';
COMMENT ON COLUMN call_parts.rows IS
    'Rows that were stored for it; null when none were stored yet. If fewer are there now, something else has deleted them.';
COMMENT ON COLUMN call_parts.digest IS
    'Sum of row_digest of these rows, as they were stored. If it differs now, something else has changed them.';

END $$;
