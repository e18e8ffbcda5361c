-- One row a conversation of a run: how far it has been read. Stage and page token are compared and set in the
-- transaction that stores the page's rows and counts them, so a page is counted once, whoever reads it how often.
CREATE TABLE import_conversations (
    run_id          uuid        NOT NULL,
    conversation_id text        NOT NULL,
    batch_id        uuid,
    -- The order of the listing.
    position        bigint      GENERATED ALWAYS AS IDENTITY,
    status          varchar(20) NOT NULL DEFAULT 'pending',
    -- The conversation that is asked for in its place, since it has the same number and parties.
    same_thread_as  text,
    stage           varchar(20) NOT NULL DEFAULT 'messages',
    page_token      text,
    -- Distinct messages and calls that this run received and that belong to this conversation.
    messages        integer     NOT NULL DEFAULT 0,
    calls           integer     NOT NULL DEFAULT 0,
    -- Deliveries in which OpenPhone did not answer for it.
    attempts        integer     NOT NULL DEFAULT 0,
    completed_at    timestamptz,
    CONSTRAINT import_conversations_pkey PRIMARY KEY (run_id, conversation_id),
    CONSTRAINT import_conversations_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_conversations_batch_fkey FOREIGN KEY (batch_id) REFERENCES import_batches (id) ON DELETE CASCADE,
    CONSTRAINT import_conversations_status_check CHECK (status IN ('pending', 'done', 'failed')),
    CONSTRAINT import_conversations_stage_check CHECK (stage IN ('messages', 'calls'))
);

CREATE INDEX import_conversations_batch_idx ON import_conversations (batch_id);
CREATE INDEX import_conversations_open_idx ON import_conversations (run_id) WHERE status = 'pending';
