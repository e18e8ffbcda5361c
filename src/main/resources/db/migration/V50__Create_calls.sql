-- R__Describe_calls.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS calls (
    id              text        NOT NULL,
    conversation_id text,
    phone_number_id text,
    user_id         text,
    participants    text[]      NOT NULL DEFAULT '{}',
    direction       text,
    status          text,
    duration        integer,
    call_route      text,
    answered_at     timestamptz,
    answered_by     text,
    initiated_by    text,
    forwarded_from  text,
    forwarded_to    text,
    ai_handled      text,
    completed_at    timestamptz,
    created_at      timestamptz,
    updated_at      timestamptz,
    payload         jsonb       NOT NULL,
    last_run_id     uuid,
    absent_since    timestamptz,
    digest          bigint,
    CONSTRAINT calls_pkey PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS calls_conversation_idx ON calls (conversation_id, created_at);

CREATE TABLE IF NOT EXISTS call_recordings (
    call_id     text        NOT NULL,
    id          text        NOT NULL,
    position    integer     NOT NULL DEFAULT 0,
    status      text,
    start_time  timestamptz,
    duration    integer,
    type        text,
    url         text,
    payload     jsonb       NOT NULL,
    last_run_id uuid,
    CONSTRAINT call_recordings_pkey PRIMARY KEY (call_id, id),
    CONSTRAINT call_recordings_position_ukey UNIQUE (id, position)
);

CREATE TABLE IF NOT EXISTS call_voicemails (
    call_id       text    NOT NULL,
    id            text    NOT NULL,
    position      integer NOT NULL DEFAULT 0,
    status        text,
    duration      integer,
    transcript    text,
    recording_url text,
    payload       jsonb   NOT NULL,
    last_run_id   uuid,
    CONSTRAINT call_voicemails_pkey PRIMARY KEY (call_id, id),
    CONSTRAINT call_voicemails_position_ukey UNIQUE (id, position)
);

CREATE TABLE IF NOT EXISTS call_transcripts (
    call_id     text             NOT NULL,
    status      text,
    duration    double precision,
    dialogue    jsonb,
    created_at  timestamptz,
    payload     jsonb            NOT NULL,
    last_run_id uuid,
    CONSTRAINT call_transcripts_pkey PRIMARY KEY (call_id)
);

CREATE TABLE IF NOT EXISTS call_summaries (
    call_id     text   NOT NULL,
    status      text,
    summary     text[],
    next_steps  text[],
    payload     jsonb  NOT NULL,
    last_run_id uuid,
    CONSTRAINT call_summaries_pkey PRIMARY KEY (call_id)
);

CREATE TABLE IF NOT EXISTS call_parts (
    call_id        text        NOT NULL,
    kind           varchar(20) NOT NULL,
    status         varchar(20) NOT NULL DEFAULT 'pending',
    run_id         uuid        NOT NULL,
    batch_id       uuid,
    attempts       integer     NOT NULL DEFAULT 0,
    first_asked_at timestamptz,
    asked_at       timestamptz,
    due_at         timestamptz,
    rows           bigint,
    digest         numeric,
    CONSTRAINT call_parts_pkey PRIMARY KEY (call_id, kind),
    CONSTRAINT call_parts_batch_fkey FOREIGN KEY (batch_id) REFERENCES import_batches (id) ON DELETE SET NULL,
    CONSTRAINT call_parts_kind_check CHECK (kind IN ('recordings', 'voicemail', 'transcript', 'summary')),
    CONSTRAINT call_parts_status_check
        CHECK (status IN ('pending', 'waiting', 'stored', 'none', 'refused', 'failed', 'unfinished'))
);

CREATE INDEX IF NOT EXISTS call_parts_batch_idx ON call_parts (batch_id);
CREATE INDEX IF NOT EXISTS call_parts_run_idx ON call_parts (run_id, status);
CREATE INDEX IF NOT EXISTS call_parts_due_idx ON call_parts (due_at) WHERE status = 'waiting';
-- What was answered last, for the pace of a run.
CREATE INDEX IF NOT EXISTS call_parts_asked_idx ON call_parts (run_id, asked_at) WHERE asked_at IS NOT NULL;
