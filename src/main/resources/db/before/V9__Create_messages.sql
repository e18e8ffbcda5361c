CREATE TABLE messages (
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
    CONSTRAINT messages_pkey PRIMARY KEY (id)
);

CREATE INDEX messages_conversation_idx ON messages (conversation_id, created_at);
