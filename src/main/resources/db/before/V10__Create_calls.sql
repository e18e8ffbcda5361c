CREATE TABLE calls (
    id              text        NOT NULL,
    -- Derived from number and other party, since OpenPhone's calls name no conversation.
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
    CONSTRAINT calls_pkey PRIMARY KEY (id)
);

CREATE INDEX calls_conversation_idx ON calls (conversation_id, created_at);

CREATE TABLE call_recordings (
    id          text        NOT NULL,
    call_id     text        NOT NULL,
    status      text,
    start_time  timestamptz,
    duration    integer,
    type        text,
    url         text,
    payload     jsonb       NOT NULL,
    last_run_id uuid,
    CONSTRAINT call_recordings_pkey PRIMARY KEY (id)
);

CREATE INDEX call_recordings_call_idx ON call_recordings (call_id);

CREATE TABLE call_voicemails (
    id            text  NOT NULL,
    call_id       text  NOT NULL,
    status        text,
    duration      integer,
    transcript    text,
    recording_url text,
    payload       jsonb NOT NULL,
    last_run_id   uuid,
    CONSTRAINT call_voicemails_pkey PRIMARY KEY (id)
);

CREATE INDEX call_voicemails_call_idx ON call_voicemails (call_id);

CREATE TABLE call_transcripts (
    call_id     text        NOT NULL,
    status      text,
    duration    double precision,
    -- [{content, start, end, identifier, userId}], start and end in seconds from the call's start.
    dialogue    jsonb,
    created_at  timestamptz,
    payload     jsonb       NOT NULL,
    last_run_id uuid,
    CONSTRAINT call_transcripts_pkey PRIMARY KEY (call_id)
);

CREATE TABLE call_summaries (
    call_id     text  NOT NULL,
    status      text,
    summary     text[],
    next_steps  text[],
    payload     jsonb NOT NULL,
    last_run_id uuid,
    CONSTRAINT call_summaries_pkey PRIMARY KEY (call_id)
);
