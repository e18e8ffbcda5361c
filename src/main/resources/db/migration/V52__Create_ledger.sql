-- R__Describe_ledger.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS conversation_records (
    conversation_id     text           NOT NULL,
    messages            integer        NOT NULL DEFAULT 0,
    messages_digest     numeric        NOT NULL DEFAULT 0,
    messages_read       tstzmultirange NOT NULL DEFAULT '{}',
    messages_refused    text,
    messages_doubted_at timestamptz,
    calls               integer        NOT NULL DEFAULT 0,
    calls_digest        numeric        NOT NULL DEFAULT 0,
    calls_read          tstzmultirange NOT NULL DEFAULT '{}',
    calls_refused       text,
    calls_doubted_at    timestamptz,
    CONSTRAINT conversation_records_pkey PRIMARY KEY (conversation_id)
);

CREATE TABLE IF NOT EXISTS list_records (
    list    varchar(20)    NOT NULL,
    read    tstzmultirange NOT NULL,
    refused text,
    rows    bigint,
    CONSTRAINT list_records_pkey PRIMARY KEY (list)
);

CREATE TABLE IF NOT EXISTS unavailable_activities (
    id       text        NOT NULL,
    finding  text        NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT unavailable_activities_pkey PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS accepted_gaps (
    subject     varchar(20) NOT NULL,
    subject_id  text        NOT NULL,
    finding     text        NOT NULL,
    accepted_by text        NOT NULL,
    reason      text        NOT NULL,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT accepted_gaps_pkey PRIMARY KEY (subject, subject_id)
);
