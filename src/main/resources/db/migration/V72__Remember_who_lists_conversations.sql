CREATE TABLE conversation_lists (
    conversation_id text   NOT NULL,
    apis            text[] NOT NULL,
    CONSTRAINT conversation_lists_pkey PRIMARY KEY (conversation_id)
);
