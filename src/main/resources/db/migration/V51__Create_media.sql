-- R__Describe_media.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS media (
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    subject      varchar(20) NOT NULL,
    subject_id   text        NOT NULL,
    position     integer     NOT NULL DEFAULT 0,
    url          text        NOT NULL,
    type         text,
    status       varchar(20) NOT NULL DEFAULT 'pending',
    finding      text,
    storage_key  text,
    content_type text,
    size         bigint,
    sha256       text,
    stored_at    timestamptz,
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at      timestamptz,
    claim        uuid,
    tried_at     timestamptz,
    url_asked_at timestamptz,
    last_run_id  uuid,
    CONSTRAINT media_pkey PRIMARY KEY (id),
    CONSTRAINT media_subject_ukey UNIQUE (subject, subject_id, position),
    CONSTRAINT media_subject_check CHECK (subject IN ('message', 'recording', 'voicemail')),
    CONSTRAINT media_status_check CHECK (status IN ('pending', 'stored', 'failed'))
);

CREATE INDEX IF NOT EXISTS media_due_idx ON media (due_at) WHERE status = 'pending';
CREATE INDEX IF NOT EXISTS media_untried_idx ON media (subject, subject_id, position)
    WHERE status = 'pending' AND tried_at IS NULL;
-- Files that are not here.
CREATE INDEX IF NOT EXISTS media_open_idx ON media (subject, subject_id, position) WHERE status <> 'stored';

CREATE TABLE IF NOT EXISTS import_media (
    run_id     uuid        NOT NULL,
    subject    varchar(20) NOT NULL,
    subject_id text        NOT NULL,
    position   integer     NOT NULL,
    counted    boolean     NOT NULL DEFAULT false,
    CONSTRAINT import_media_pkey PRIMARY KEY (run_id, subject, subject_id, position),
    CONSTRAINT import_media_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS import_media_file_idx ON import_media (subject, subject_id, position);
CREATE INDEX IF NOT EXISTS import_media_uncounted_idx ON import_media (subject, subject_id, position) WHERE NOT counted;

CREATE TABLE IF NOT EXISTS media_to_delete (
    storage_key text NOT NULL,
    CONSTRAINT media_to_delete_pkey PRIMARY KEY (storage_key)
);
