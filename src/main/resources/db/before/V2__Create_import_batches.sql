-- The unit of work on the queue. A worker holds it with a lease, so that two don't spend requests on the same thing;
-- exactness does not rest on it, see import_conversations.
CREATE TABLE import_batches (
    id           uuid        NOT NULL DEFAULT gen_random_uuid(),
    run_id       uuid        NOT NULL,
    number       integer     NOT NULL,
    kind         varchar(20) NOT NULL DEFAULT 'conversations',
    status       varchar(20) NOT NULL DEFAULT 'pending',
    -- Rises at each claim and falls at a clean hand-back: what is left over are workers that died.
    attempts     integer     NOT NULL DEFAULT 0,
    -- Hand-backs in a row that brought nothing; the delay of the next one grows with it.
    idle_returns integer     NOT NULL DEFAULT 0,
    lease_owner  uuid,
    lease_until  timestamptz,
    due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at      timestamptz,
    -- Why it waits for due_at, in a sentence; null when it does not wait.
    waiting_for  text,
    completed_at timestamptz,
    CONSTRAINT import_batches_pkey PRIMARY KEY (id),
    CONSTRAINT import_batches_number_ukey UNIQUE (run_id, number),
    CONSTRAINT import_batches_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_batches_status_check CHECK (status IN ('pending', 'running', 'done', 'failed')),
    CONSTRAINT import_batches_kind_check CHECK (kind IN ('conversations')),
    CONSTRAINT import_batches_lease_check CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
);

CREATE INDEX import_batches_open_idx ON import_batches (run_id, due_at) WHERE status IN ('pending', 'running');
