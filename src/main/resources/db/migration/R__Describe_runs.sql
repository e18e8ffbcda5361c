-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE import_runs IS
    'Imports, a row each, from start to verdict. start-run inserts the row, import-batch and download-media count in it, '
    'keep-runs ends it. Rows are never deleted, also not when imported data is cleared.';
COMMENT ON COLUMN import_runs.id IS
    'Random UUID. The first 8 characters of the newest run''s id confirm that imported data may be cleared.';
COMMENT ON COLUMN import_runs.type IS
    'historical: everything, before a company goes live on its own system. reconciliation: what is new or has changed since, '
    'usually every day.';
COMMENT ON COLUMN import_runs.status IS
    'pending: accepted, nothing is listed yet. running: listing or importing. paused: stopped for now, by an operator or '
    'because OpenPhone refuses the key. verifying: everything was read and is being compared. completed: imported and '
    'verified, nothing is missing or different. failed: something is missing, reason says what; it can be retried. '
    'cancelled: given up by an operator. At most one run is pending, running, paused or verifying.';
COMMENT ON COLUMN import_runs.reason IS
    'Why the run ended or stands still, a sentence; null when the status says it all.';
COMMENT ON COLUMN import_runs.window_from IS
    'Start of the window: what was created in OpenPhone from this time on. In a reconciliation without a given start, the '
    'earliest time from which it reads something again.';
COMMENT ON COLUMN import_runs.window_to IS
    'End of the window, exclusive; null when the window is open.';
COMMENT ON COLUMN import_runs.window_from_given IS
    'Whether the request named a start. If not, nothing is left out for its age: a historical run reads everything, a '
    'reconciliation what the ledger lacks.';
COMMENT ON COLUMN import_runs.api IS
    'API generation that messages and calls are read with: v1 or 2026-03-30. It is v1 until the listing has found that the '
    'other one can be used.';
COMMENT ON COLUMN import_runs.key_hash IS
    'SHA-256 of the API key that the run uses, in hexadecimal, never the key; see rate_limits. Changes when the key is '
    'replaced during the run.';
COMMENT ON COLUMN import_runs.created_at IS
    'When the run was accepted. What is created in OpenPhone later may be missed by this run; the ledger leaves it to the '
    'next.';
COMMENT ON COLUMN import_runs.started_at IS
    'When the run became running for the first time; null before.';
COMMENT ON COLUMN import_runs.completed_at IS
    'When the run became completed, failed or cancelled; null while it is active, also after a retry.';
COMMENT ON COLUMN import_runs.paused_at IS
    'Since when the run is paused; null when it is not.';
COMMENT ON COLUMN import_runs.paused_seconds IS
    'Seconds that it was paused, or had ended before a retry or a repair; they do not count as elapsed time.';
COMMENT ON COLUMN import_runs.repaired_at IS
    'When the run began to repair what its verification had found; null when it has not.';
COMMENT ON COLUMN import_runs.cleared_at IS
    'When the data of this run was cleared by an operator; null as a rule. Nothing of a cleared run can be retried, and its '
    'verdict does not count.';
COMMENT ON COLUMN import_runs.total_conversations IS
    'Conversations that the run reads; null until the listing has ended.';
COMMENT ON COLUMN import_runs.processed_conversations IS
    'Conversations that were read to their end: those in import_conversations with the status done.';
COMMENT ON COLUMN import_runs.total_messages IS
    'Messages of the run; null until all conversations were read, and again after a retry.';
COMMENT ON COLUMN import_runs.processed_messages IS
    'Distinct messages that this run received. One that comes twice counts once.';
COMMENT ON COLUMN import_runs.total_calls IS
    'Calls of the run; null until all conversations were read, and again after a retry.';
COMMENT ON COLUMN import_runs.processed_calls IS
    'Distinct calls that this run received. One that comes twice counts once.';
COMMENT ON COLUMN import_runs.total_media IS
    'Files that the run has found so far: attachments, recordings, voicemails.';
COMMENT ON COLUMN import_runs.processed_media IS
    'Files that the run found and that are stored, those that were stored before included.';
COMMENT ON COLUMN import_runs.current_conversation IS
    'Id of a conversation on the page that was stored last; null before the first.';
COMMENT ON COLUMN import_runs.last_completed_conversation IS
    'Id of the conversation that was read to its end last; null before the first.';
COMMENT ON COLUMN import_runs.errors IS
    'The newest 200 open errors, newest first: [{time, stage, subject, id, what, request}]. All of them are in import_issues.';
COMMENT ON COLUMN import_runs.warnings IS
    'The newest 200 open warnings, like errors.';
COMMENT ON COLUMN import_runs.witness IS
    'The other API generation, which confirms what was read: its list of conversations is read as well, and a sample of '
    'conversations is compared with it. Null when the configuration names one generation.';
COMMENT ON COLUMN import_runs.witness_obstacle IS
    'Why the witness could not be asked, in a sentence; null when it could, or has not been asked yet.';
COMMENT ON COLUMN import_runs.disagreed_at IS
    'When the sample showed that the two generations differ where no documented difference explains it; conversations are '
    'read through both then. Null as a rule.';
COMMENT ON COLUMN import_runs.listed_whole IS
    'Whether the run lists all conversations. A reconciliation that follows soon lists those that were updated since.';
COMMENT ON COLUMN import_runs.only_v1 IS
    'Whether v1 was asked for by configuration: then what only the API of 2026-03-30 gives is left out.';
COMMENT ON COLUMN import_runs.listing_stage IS
    'What start-run does: api (find out which generation can be used), users, contacts, custom_fields, tasks, organization, '
    'numbers (their hours, members and settings), everything (list all conversations), gap (list those that were updated '
    'meanwhile), witness (list those of the other generation), cut (write the batches), done.';
COMMENT ON COLUMN import_runs.listing_token IS
    'OpenPhone''s token for the next page of the stage; null for the first page.';
COMMENT ON COLUMN import_runs.listing_started_at IS
    'When the listing began; null before. The stage gap lists what was updated since.';
COMMENT ON COLUMN import_runs.listed_at IS
    'When the listing ended and all batches were written; null before, and when the listing begins again.';
COMMENT ON COLUMN import_runs.listing_moved_at IS
    'When the listing last made progress; null before it began.';
COMMENT ON COLUMN import_runs.listing_waiting_for IS
    'Why the listing makes no progress, a sentence; null while nothing is wrong.';
COMMENT ON COLUMN import_runs.listing_failures IS
    'Times in a row that OpenPhone did not answer the listing where it stands.';
COMMENT ON COLUMN import_runs.listing_deaths IS
    'Workers that died since the listing last made progress; after 5 (IMPORT_MAX_ATTEMPTS) the listing is given up. A retry '
    'sets it to 0.';
COMMENT ON COLUMN import_runs.listing_lease_owner IS
    'Worker that does the listing; null when none does.';
COMMENT ON COLUMN import_runs.listing_lease_until IS
    'Until when that worker keeps others away; each page renews it. Null when no worker does the listing.';

COMMENT ON TABLE import_issues IS
    'Errors and warnings of runs, with their subjects. The same trouble met twice is one row. Written by the step that met '
    'it; the page can try errors again.';
COMMENT ON COLUMN import_issues.id IS
    'Counts up; names the issue in the page and the API.';
COMMENT ON COLUMN import_issues.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN import_issues.level IS
    'error: something is missing. warning: something is odd, or is tried again automatically.';
COMMENT ON COLUMN import_issues.stage IS
    'What was being done: listing, directory, messages, calls, recordings, voicemail, transcript, summary, media or batch.';
COMMENT ON COLUMN import_issues.subject IS
    'Kind of the subject: conversation, message, call, user, contact, phone number, media, list, page, slice, plan, run ...';
COMMENT ON COLUMN import_issues.subject_id IS
    'OpenPhone''s id of the subject, or its name where it has none: contacts (a list), message/AC123/0 (a file), a time '
    'range (a slice).';
COMMENT ON COLUMN import_issues.what IS
    'What happened, a sentence.';
COMMENT ON COLUMN import_issues.reason_hash IS
    'Names the reason: a hash of level, stage, subject and what, without the times, addresses, ids and numbers in it. The page '
    'and the API group by it.';
COMMENT ON COLUMN import_issues.request IS
    'Request that can be tried again, such as GET /v1/messages?...; null when there is none.';
COMMENT ON COLUMN import_issues.occurred_at IS
    'When it was met for the first time.';
COMMENT ON COLUMN import_issues.resolved_at IS
    'When it was resolved: by a retry, a later try, or an operator who accepted it. Null while it is open, and when it is '
    'met again.';

COMMENT ON TABLE import_events IS
    'Log of runs for the page: changes of status, batches, waits, and a sample of the figures each minute. keep-runs keeps '
    'about the newest 10,000 lines of a run.';
COMMENT ON COLUMN import_events.id IS
    'Counts up; the order of the log.';
COMMENT ON COLUMN import_events.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN import_events.at IS
    'When it happened.';
COMMENT ON COLUMN import_events.level IS
    'How much the line matters: info, warning (look later) or error (look now).';
COMMENT ON COLUMN import_events.kind IS
    'What the line is about: status, press (who pressed what), listing, batch, wait, verification, workspace or sample.';
COMMENT ON COLUMN import_events.what IS
    'The line, a sentence.';
COMMENT ON COLUMN import_events.figures IS
    'In samples {granted, refused, waitedMillis, conversations, messages, calls}: the first three as in rate_limits, the '
    'others as processed by the run. Null in other lines.';

COMMENT ON TABLE announcements IS
    'Completed runs that keep-runs has announced, as an event on the bus in EVENT_BUS or in the log. A run that is repaired '
    'is completed, and announced, once more.';
COMMENT ON COLUMN announcements.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN announcements.completed_at IS
    'Its completed_at when it was announced.';
COMMENT ON COLUMN announcements.announced_at IS
    'When it was announced.';

END $$;
