-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE import_batches IS
    'Units of work of a run, a queue record each: some 100 conversations, all that was created in a slice of time, or calls '
    'whose parts are requested. Written when the listing ends, those of calls by keep-runs; import-batch works on them. The '
    'lease only saves requests: that nothing counts twice rests on import_conversations.';
COMMENT ON COLUMN import_batches.id IS
    'Random UUID; stands in the queue record.';
COMMENT ON COLUMN import_batches.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN import_batches.number IS
    'Order within the run, from 1.';
COMMENT ON COLUMN import_batches.kind IS
    'conversations: those in import_conversations that name it. slice: messages and calls of the whole workspace that were '
    'created in a range of time. calls: parts of calls, those in call_parts that name it. contacts: parts of contacts, '
    'those in directory_parts that name it.';
COMMENT ON COLUMN import_batches.status IS
    'pending: to be worked on. running: a worker has it, or had it when it died. done: everything was requested. failed: '
    'given up, not sent again until a retry; import_issues says why.';
COMMENT ON COLUMN import_batches.attempts IS
    'Claims that did not end: a claim raises it, a hand-back lowers it, a stored page sets it to 1. What is left over are '
    'workers that died; after 5 (IMPORT_MAX_ATTEMPTS) the batch fails.';
COMMENT ON COLUMN import_batches.idle_returns IS
    'Hand-backs in a row that stored nothing. The delay before the next delivery doubles with each.';
COMMENT ON COLUMN import_batches.lease_owner IS
    'Worker that has the batch; null when none has.';
COMMENT ON COLUMN import_batches.lease_until IS
    'Until when that worker keeps others away; each stored page renews it. Null when no worker has the batch.';
COMMENT ON COLUMN import_batches.due_at IS
    'The batch is not sent before this time.';
COMMENT ON COLUMN import_batches.waiting_for IS
    'Why the batch waits for due_at, a sentence; null when it does not wait.';
COMMENT ON COLUMN import_batches.sent_at IS
    'When a record of the batch was last put on the queue; null when it has to be sent.';
COMMENT ON COLUMN import_batches.completed_at IS
    'When the batch became done or failed; null before.';
COMMENT ON COLUMN import_batches.slice_from IS
    'Start of a slice, inclusive; null for the beginning, and in other kinds.';
COMMENT ON COLUMN import_batches.slice_to IS
    'End of a slice, exclusive; null when it is open, and in other kinds.';
COMMENT ON COLUMN import_batches.slice_stage IS
    'What is read of a slice: messages, then calls; done when both were. Null in other kinds.';
COMMENT ON COLUMN import_batches.slice_place IS
    'Time of creation down to which everything of the stage is stored, since rows come newest first. Null at the beginning '
    'of a stage, and in other kinds.';
COMMENT ON COLUMN import_batches.slice_unfiltered IS
    'Whether OpenPhone ignores the times of requests, so that this one slice reads all messages and calls.';
COMMENT ON COLUMN import_batches.slice_unanswered IS
    'Deliveries since the last stored page in which OpenPhone answered other requests, but not those of the slice.';

COMMENT ON TABLE import_conversations IS
    'How far each conversation of a run was read. start-run inserts the rows when it lists; import-batch moves them, in the '
    'transaction that stores and counts a page, and only from the place where the page begins: so a page counts once, '
    'however often it is delivered.';
COMMENT ON COLUMN import_conversations.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN import_conversations.conversation_id IS
    'OpenPhone''s id, see conversations.id.';
COMMENT ON COLUMN import_conversations.batch_id IS
    'Batch that reads it; null before batches are written, and where slices of time bring its rows.';
COMMENT ON COLUMN import_conversations.position IS
    'Order of the listing, across runs.';
COMMENT ON COLUMN import_conversations.status IS
    'pending: to be read. done: read to its end. failed: not read to its end; import_issues says why. unavailable: OpenPhone '
    'answered, and refuses to give something of it.';
COMMENT ON COLUMN import_conversations.same_thread_as IS
    'Conversation that is read in its place, since it has the same number and participants; null for those that are read '
    'themselves.';
COMMENT ON COLUMN import_conversations.read_after IS
    'What was created before this time is left out when the conversation is read; null when nothing is.';
COMMENT ON COLUMN import_conversations.stage IS
    'What is read: messages, then calls.';
COMMENT ON COLUMN import_conversations.page_token IS
    'OpenPhone''s token for the next page of the stage; null for the first page.';
COMMENT ON COLUMN import_conversations.messages IS
    'Distinct messages of this conversation that the run received.';
COMMENT ON COLUMN import_conversations.calls IS
    'Distinct calls of this conversation that the run received.';
COMMENT ON COLUMN import_conversations.refused IS
    'Whether OpenPhone refused a part of it in this run, such as its messages.';
COMMENT ON COLUMN import_conversations.attempts IS
    'Deliveries in which OpenPhone answered other requests, but not those of this conversation; after 4 '
    '(IMPORT_MAX_CONVERSATION_ATTEMPTS) it fails.';
COMMENT ON COLUMN import_conversations.completed_at IS
    'When it became done, failed or unavailable; null before.';

COMMENT ON TABLE listing_slices IS
    'Ranges of creation time in which start-run lists conversations side by side through the API of 2026-03-30, each oldest '
    'first. Deleted when the listing ends.';
COMMENT ON COLUMN listing_slices.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN listing_slices.number IS
    'Order of the ranges, from 1.';
COMMENT ON COLUMN listing_slices.place IS
    'Up to this time of creation everything of the range is stored; at first the start of the range.';
COMMENT ON COLUMN listing_slices.slice_to IS
    'End of the range.';
COMMENT ON COLUMN listing_slices.status IS
    'pending: to be listed from place on. done: listed.';

COMMENT ON TABLE dead_letters IS
    'Queue records that could not be handled in 5 receives. keep-runs moves them here from the dead-letter queues; the page '
    'and the API can send them back.';
COMMENT ON COLUMN dead_letters.id IS
    'Random UUID; names the record in the page and the API.';
COMMENT ON COLUMN dead_letters.queue IS
    'The queue that it was meant for: import or media.';
COMMENT ON COLUMN dead_letters.record_id IS
    'Its id on the queue.';
COMMENT ON COLUMN dead_letters.body IS
    'The record as received, with U+FFFD in place of NUL characters.';
COMMENT ON COLUMN dead_letters.reason IS
    'Why it could not be handled, a sentence.';
COMMENT ON COLUMN dead_letters.moved_at IS
    'When keep-runs moved it here.';
COMMENT ON COLUMN dead_letters.sent_back_at IS
    'When it was put on its queue again; null until then.';

COMMENT ON TABLE keep_leases IS
    'Tasks of keep-runs, so that two invocations at once do each of them once.';
COMMENT ON COLUMN keep_leases.task IS
    'Name of the task.';
COMMENT ON COLUMN keep_leases.lease_until IS
    'Until when the invocation that has the task keeps others away; in the past when it is free.';

END $$;
