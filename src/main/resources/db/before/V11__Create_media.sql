-- A file that a message, a recording or a voicemail points to.
CREATE TABLE media (
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    -- What points to it: a message, a recording or a voicemail, its id, and which of its files.
    subject      varchar(20) NOT NULL,
    subject_id   text        NOT NULL,
    position     integer     NOT NULL DEFAULT 0,
    url          text        NOT NULL,
    type         text,
    status       varchar(20) NOT NULL DEFAULT 'pending',
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Where it is stored, and what: null until it is.
    storage_key  text,
    content_type text,
    size         bigint,
    sha256       text,
    stored_at    timestamptz,
    finding      text,
    last_run_id  uuid,
    CONSTRAINT media_pkey PRIMARY KEY (id),
    CONSTRAINT media_subject_ukey UNIQUE (subject, subject_id, position),
    CONSTRAINT media_subject_check CHECK (subject IN ('message', 'recording', 'voicemail')),
    CONSTRAINT media_status_check CHECK (status IN ('pending', 'stored', 'failed'))
);

CREATE INDEX media_due_idx ON media (due_at) WHERE status = 'pending';
