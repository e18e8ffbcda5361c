-- R__Describe_conversations.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

-- No foreign keys between imported rows: each may come before the row that it names, or name one that was deleted.
CREATE TABLE IF NOT EXISTS conversations (
    id               text        NOT NULL,
    phone_number_id  text,
    participants     text[]      NOT NULL DEFAULT '{}',
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
    digest           bigint,
    CONSTRAINT conversations_pkey PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS conversations_thread_key_idx ON conversations (thread_key);
CREATE INDEX IF NOT EXISTS conversations_last_run_idx ON conversations (last_run_id);

CREATE TABLE IF NOT EXISTS messages (
    id              text        NOT NULL,
    conversation_id text        NOT NULL,
    phone_number_id text,
    user_id         text,
    direction       text,
    status          text,
    from_number     text,
    to_numbers      text[]      NOT NULL DEFAULT '{}',
    text            text,
    created_at      timestamptz,
    updated_at      timestamptz,
    payload         jsonb       NOT NULL,
    last_run_id     uuid,
    absent_since    timestamptz,
    digest          bigint,
    CONSTRAINT messages_pkey PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS messages_conversation_idx ON messages (conversation_id, created_at);
