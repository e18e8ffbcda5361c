CREATE TABLE directory_parts (
    subject        varchar(20) NOT NULL,
    subject_id     text        NOT NULL,
    kind           varchar(20) NOT NULL,
    status         varchar(20) NOT NULL DEFAULT 'pending',
    finding        text,
    subject_digest bigint,
    run_id         uuid        NOT NULL,
    batch_id       uuid,
    attempts       integer     NOT NULL DEFAULT 0,
    asked_at       timestamptz,
    rows           bigint,
    digest         numeric,
    CONSTRAINT directory_parts_pkey PRIMARY KEY (subject, subject_id, kind),
    CONSTRAINT directory_parts_batch_fkey FOREIGN KEY (batch_id) REFERENCES import_batches (id) ON DELETE SET NULL,
    CONSTRAINT directory_parts_subject_check CHECK (subject IN ('phone number', 'contact')),
    CONSTRAINT directory_parts_kind_check CHECK (kind IN ('number_hours', 'number_members', 'number_settings',
        'contact_notes', 'contact_properties', 'contact_shares')),
    CONSTRAINT directory_parts_status_check CHECK (status IN ('pending', 'stored', 'none', 'refused', 'failed'))
);

CREATE INDEX directory_parts_batch_idx ON directory_parts (batch_id);
CREATE INDEX directory_parts_run_idx ON directory_parts (run_id, status);
-- What was answered last, for the pace of a run.
CREATE INDEX directory_parts_asked_idx ON directory_parts (run_id, asked_at) WHERE asked_at IS NOT NULL;

CREATE TABLE phone_number_hours (
    phone_number_id text        NOT NULL,
    enabled         boolean,
    timezone        text,
    schedule        jsonb,
    restrictions    jsonb,
    payload         jsonb       NOT NULL,
    last_run_id     uuid,
    absent_since    timestamptz,
    digest          bigint,
    CONSTRAINT phone_number_hours_pkey PRIMARY KEY (phone_number_id)
);

CREATE TABLE phone_number_members (
    phone_number_id text        NOT NULL,
    user_id         text        NOT NULL,
    email           text,
    role            text,
    group_id        text,
    payload         jsonb       NOT NULL,
    last_run_id     uuid,
    absent_since    timestamptz,
    digest          bigint,
    CONSTRAINT phone_number_members_pkey PRIMARY KEY (phone_number_id, user_id)
);

CREATE TABLE phone_number_settings (
    phone_number_id     text        NOT NULL,
    auto_record         boolean,
    disclosure_inbound  text,
    disclosure_outbound text,
    payload             jsonb       NOT NULL,
    last_run_id         uuid,
    absent_since        timestamptz,
    digest              bigint,
    CONSTRAINT phone_number_settings_pkey PRIMARY KEY (phone_number_id)
);
