-- An error or a warning of a run, with its subject. The same trouble met twice is one issue.
CREATE TABLE import_issues (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    run_id      uuid        NOT NULL,
    level       varchar(10) NOT NULL,
    stage       varchar(20) NOT NULL,
    subject     varchar(20) NOT NULL,
    subject_id  text        NOT NULL,
    what        text        NOT NULL,
    -- The request that can be tried again, such as "GET /v1/messages?...".
    request     text,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_at timestamptz,
    CONSTRAINT import_issues_pkey PRIMARY KEY (id),
    CONSTRAINT import_issues_subject_ukey UNIQUE (run_id, level, stage, subject, subject_id),
    CONSTRAINT import_issues_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_issues_level_check CHECK (level IN ('error', 'warning'))
);
