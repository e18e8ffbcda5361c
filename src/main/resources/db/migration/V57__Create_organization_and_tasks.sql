CREATE TABLE organization (
    id                  text        NOT NULL,
    name                text,
    subscription_status text,
    created_at          timestamptz,
    updated_at          timestamptz,
    payload             jsonb       NOT NULL,
    last_run_id         uuid,
    absent_since        timestamptz,
    digest              bigint,
    CONSTRAINT organization_pkey PRIMARY KEY (id)
);

CREATE TABLE tasks (
    id              text        NOT NULL,
    title           text,
    description     text,
    status          text,
    due_date        timestamptz,
    assigned_to     text,
    assigned_by     text,
    created_by      text,
    created_at      timestamptz,
    conversation_id text,
    phone_number_id text,
    activity_id     text,
    revision        bigint,
    payload         jsonb       NOT NULL,
    last_run_id     uuid,
    absent_since    timestamptz,
    digest          bigint,
    CONSTRAINT tasks_pkey PRIMARY KEY (id)
);

CREATE INDEX tasks_conversation_idx ON tasks (conversation_id);

ALTER TABLE list_records
    ADD COLUMN left_out text,
    ADD COLUMN good_for interval;

ALTER TABLE import_runs ADD COLUMN only_v1 boolean NOT NULL DEFAULT false;
ALTER TABLE import_runs DROP CONSTRAINT import_runs_listing_stage_check;
ALTER TABLE import_runs ADD CONSTRAINT import_runs_listing_stage_check CHECK (listing_stage IN ('api', 'users', 'contacts',
    'custom_fields', 'tasks', 'organization', 'numbers', 'everything', 'gap', 'cut', 'done'));
