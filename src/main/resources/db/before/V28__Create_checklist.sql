-- What a historical run does before it imports, and undoes when it has ended, however it ends.
CREATE TABLE checklist_steps (
    run_id     uuid        NOT NULL,
    name       varchar(20) NOT NULL,
    position   integer     NOT NULL,
    state      varchar(20) NOT NULL DEFAULT 'pending',
    -- What there is to say about it, in a sentence.
    finding    text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT checklist_steps_pkey PRIMARY KEY (run_id, name),
    CONSTRAINT checklist_steps_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    -- pending: not done yet; active: done, to be undone; undone: over; skipped: nothing was done, the finding says why.
    CONSTRAINT checklist_steps_state_check CHECK (state IN ('pending', 'active', 'undone', 'skipped'))
);

CREATE INDEX checklist_steps_open_idx ON checklist_steps (run_id) WHERE state IN ('pending', 'active');

-- Webhooks as they were before they were taken off, saved before anything happens to them.
CREATE TABLE saved_webhooks (
    run_id     uuid        NOT NULL,
    webhook_id text        NOT NULL,
    -- Its whole definition, as received.
    definition jsonb       NOT NULL,
    -- How it is taken off: its status is set, or it is deleted and made again.
    method     varchar(20) NOT NULL,
    -- When it was there again; null while it is off.
    back_at    timestamptz,
    -- One that was made again has another id, and another signing key.
    new_id     text,
    CONSTRAINT saved_webhooks_pkey PRIMARY KEY (run_id, webhook_id),
    CONSTRAINT saved_webhooks_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT saved_webhooks_method_check CHECK (method IN ('status', 'deletion'))
);

-- Roles whose transactions are read-only by default while a run is on.
CREATE TABLE read_only_roles (
    run_id uuid NOT NULL,
    role   text NOT NULL,
    CONSTRAINT read_only_roles_pkey PRIMARY KEY (run_id, role),
    CONSTRAINT read_only_roles_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);
