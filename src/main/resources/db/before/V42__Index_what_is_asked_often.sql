-- What each step of a run asks, and what is asked each second while a run is watched, must not grow with the run or its log.

-- Conversations that end with the one that is asked for in their place.
CREATE INDEX import_conversations_twins_idx ON import_conversations (run_id, same_thread_as)
    WHERE same_thread_as IS NOT NULL;

-- What was read last, to tell the pace from.
CREATE INDEX import_conversations_completed_idx ON import_conversations (run_id, completed_at)
    WHERE completed_at IS NOT NULL AND batch_id IS NOT NULL;
CREATE INDEX call_parts_asked_idx ON call_parts (run_id, asked_at) WHERE asked_at IS NOT NULL;

-- The few lines of a log that are looked for by their kind.
CREATE INDEX import_events_kind_idx ON import_events (run_id, kind, at) WHERE kind IN ('status', 'sample');

CREATE INDEX import_issues_open_idx ON import_issues (run_id, id DESC) INCLUDE (level) WHERE resolved_at IS NULL;

-- Files that are not here.
CREATE INDEX media_open_idx ON media (subject, subject_id, position) WHERE status <> 'stored';

-- Slices of time are few among the batches of a run.
CREATE INDEX import_batches_slices_idx ON import_batches (run_id, completed_at) WHERE kind = 'slice';
