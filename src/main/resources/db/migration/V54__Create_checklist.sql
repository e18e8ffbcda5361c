-- R__Describe_checklist.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS system_mode (
    id        boolean     NOT NULL DEFAULT true,
    read_only boolean     NOT NULL DEFAULT false,
    run_id    uuid,
    since     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT system_mode_pkey PRIMARY KEY (id),
    CONSTRAINT system_mode_id_check CHECK (id)
);

INSERT INTO system_mode DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS checklist_steps (
    run_id     uuid        NOT NULL,
    name       varchar(20) NOT NULL,
    position   integer     NOT NULL,
    state      varchar(20) NOT NULL DEFAULT 'pending',
    finding    text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT checklist_steps_pkey PRIMARY KEY (run_id, name),
    CONSTRAINT checklist_steps_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT checklist_steps_state_check CHECK (state IN ('pending', 'active', 'undone', 'skipped'))
);

CREATE INDEX IF NOT EXISTS checklist_steps_open_idx ON checklist_steps (run_id) WHERE state IN ('pending', 'active');

CREATE TABLE IF NOT EXISTS saved_webhooks (
    run_id     uuid        NOT NULL,
    webhook_id text        NOT NULL,
    definition jsonb       NOT NULL,
    method     varchar(20) NOT NULL,
    back_at    timestamptz,
    new_id     text,
    CONSTRAINT saved_webhooks_pkey PRIMARY KEY (run_id, webhook_id),
    CONSTRAINT saved_webhooks_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT saved_webhooks_method_check CHECK (method IN ('status', 'deletion'))
);

CREATE TABLE IF NOT EXISTS read_only_roles (
    run_id uuid NOT NULL,
    role   text NOT NULL,
    CONSTRAINT read_only_roles_pkey PRIMARY KEY (run_id, role),
    CONSTRAINT read_only_roles_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);
