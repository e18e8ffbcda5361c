CREATE TABLE conversations (
    id               text        NOT NULL,
    -- May name a number that has been deleted since: no foreign keys between imported rows.
    phone_number_id  text,
    participants     text[]      NOT NULL DEFAULT '{}',
    -- Number and parties in one word; what OpenPhone can be asked for. Null when nothing can be asked for.
    thread_key       text,
    name             text,
    assigned_to      text,
    last_activity_at timestamptz,
    last_activity_id text,
    muted_until      timestamptz,
    snoozed_until    timestamptz,
    created_at       timestamptz,
    updated_at       timestamptz,
    deleted_at       timestamptz,
    payload          jsonb       NOT NULL,
    last_run_id      uuid,
    absent_since     timestamptz,
    CONSTRAINT conversations_pkey PRIMARY KEY (id)
);

CREATE INDEX conversations_thread_key_idx ON conversations (thread_key);
CREATE INDEX conversations_last_run_idx ON conversations (last_run_id);
