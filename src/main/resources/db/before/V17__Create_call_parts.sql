-- What OpenPhone is asked for each call: its recordings, voicemail, transcript, summary. A row is made with the call, for
-- what can exist: the first, third and fourth of calls that were answered, the second of incoming ones that were not.
CREATE TABLE call_parts (
    call_id        text        NOT NULL,
    kind           varchar(20) NOT NULL,
    -- pending: to be asked for by its run. waiting: OpenPhone is still at it, keep-runs asks again. stored: it is here.
    -- none: there is none. refused: the plan has no such thing, the next run asks again. failed: an issue says why.
    status         varchar(20) NOT NULL DEFAULT 'pending',
    -- The run that asks, or was the last to.
    run_id         uuid        NOT NULL,
    batch_id       uuid,
    -- Deliveries in which OpenPhone did not answer for it.
    attempts       integer     NOT NULL DEFAULT 0,
    first_asked_at timestamptz,
    asked_at       timestamptz,
    -- When to ask again for what is waiting.
    due_at         timestamptz,
    CONSTRAINT call_parts_pkey PRIMARY KEY (call_id, kind),
    CONSTRAINT call_parts_batch_fkey FOREIGN KEY (batch_id) REFERENCES import_batches (id) ON DELETE SET NULL,
    CONSTRAINT call_parts_kind_check CHECK (kind IN ('recordings', 'voicemail', 'transcript', 'summary')),
    CONSTRAINT call_parts_status_check
        CHECK (status IN ('pending', 'waiting', 'stored', 'none', 'refused', 'failed'))
);

CREATE INDEX call_parts_batch_idx ON call_parts (batch_id);
CREATE INDEX call_parts_run_idx ON call_parts (run_id, status);
CREATE INDEX call_parts_due_idx ON call_parts (due_at) WHERE status = 'waiting';

ALTER TABLE import_batches
    DROP CONSTRAINT import_batches_kind_check,
    ADD CONSTRAINT import_batches_kind_check CHECK (kind IN ('conversations', 'calls'));
