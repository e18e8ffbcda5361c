-- R__Describe_runs.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS import_runs (
    id                          uuid        NOT NULL DEFAULT gen_random_uuid(),
    type                        varchar(20) NOT NULL,
    status                      varchar(20) NOT NULL DEFAULT 'pending',
    reason                      text,

    window_from                 timestamptz NOT NULL,
    window_to                   timestamptz,
    window_from_given           boolean     NOT NULL DEFAULT false,
    api                         varchar(20) NOT NULL DEFAULT 'v1',
    key_hash                    text        NOT NULL,

    created_at                  timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at                  timestamptz,
    completed_at                timestamptz,
    paused_at                   timestamptz,
    paused_seconds              bigint      NOT NULL DEFAULT 0,
    repaired_at                 timestamptz,
    cleared_at                  timestamptz,

    total_conversations         integer,
    processed_conversations     integer     NOT NULL DEFAULT 0,
    total_messages              integer,
    processed_messages          integer     NOT NULL DEFAULT 0,
    total_calls                 integer,
    processed_calls             integer     NOT NULL DEFAULT 0,
    total_media                 integer,
    processed_media             integer     NOT NULL DEFAULT 0,
    current_conversation        text,
    last_completed_conversation text,
    errors                      jsonb       NOT NULL DEFAULT '[]',
    warnings                    jsonb       NOT NULL DEFAULT '[]',

    listing_stage               varchar(20) NOT NULL DEFAULT 'users',
    listing_token               text,
    listing_started_at          timestamptz,
    listed_at                   timestamptz,
    listing_moved_at            timestamptz,
    listing_waiting_for         text,
    listing_failures            integer     NOT NULL DEFAULT 0,
    listing_deaths              integer     NOT NULL DEFAULT 0,
    listing_lease_owner         uuid,
    listing_lease_until         timestamptz,

    CONSTRAINT import_runs_pkey PRIMARY KEY (id),
    CONSTRAINT import_runs_type_check CHECK (type IN ('historical', 'reconciliation')),
    CONSTRAINT import_runs_status_check
        CHECK (status IN ('pending', 'running', 'paused', 'verifying', 'completed', 'failed', 'cancelled')),
    CONSTRAINT import_runs_listing_stage_check
        CHECK (listing_stage IN ('api', 'users', 'contacts', 'custom_fields', 'everything', 'gap', 'cut', 'done')),
    CONSTRAINT import_runs_window_check CHECK (window_to IS NULL OR window_from < window_to)
);

-- At most one run is active: the indexed expression is the same for all of them.
CREATE UNIQUE INDEX IF NOT EXISTS import_runs_active_ukey ON import_runs ((true))
    WHERE status IN ('pending', 'running', 'paused', 'verifying');
CREATE INDEX IF NOT EXISTS import_runs_created_at_idx ON import_runs (created_at DESC);

CREATE TABLE IF NOT EXISTS import_issues (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    run_id      uuid        NOT NULL,
    level       varchar(10) NOT NULL,
    stage       varchar(20) NOT NULL,
    subject     varchar(20) NOT NULL,
    subject_id  text        NOT NULL,
    what        text        NOT NULL,
    request     text,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_at timestamptz,
    CONSTRAINT import_issues_pkey PRIMARY KEY (id),
    CONSTRAINT import_issues_subject_ukey UNIQUE (run_id, level, stage, subject, subject_id),
    CONSTRAINT import_issues_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_issues_level_check CHECK (level IN ('error', 'warning'))
);

CREATE INDEX IF NOT EXISTS import_issues_open_idx ON import_issues (run_id, id DESC) INCLUDE (level) WHERE resolved_at IS NULL;

CREATE TABLE IF NOT EXISTS import_events (
    id      bigint      GENERATED ALWAYS AS IDENTITY,
    run_id  uuid        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    level   varchar(10) NOT NULL,
    kind    varchar(20) NOT NULL,
    what    text        NOT NULL,
    figures jsonb,
    CONSTRAINT import_events_pkey PRIMARY KEY (id),
    CONSTRAINT import_events_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_events_level_check CHECK (level IN ('info', 'warning', 'error'))
);

CREATE INDEX IF NOT EXISTS import_events_run_idx ON import_events (run_id, id DESC);
-- The few lines of a log that are looked for by their kind.
CREATE INDEX IF NOT EXISTS import_events_kind_idx ON import_events (run_id, kind, at) WHERE kind IN ('status', 'sample');

CREATE TABLE IF NOT EXISTS announcements (
    run_id       uuid        NOT NULL,
    completed_at timestamptz NOT NULL,
    announced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT announcements_pkey PRIMARY KEY (run_id, completed_at),
    CONSTRAINT announcements_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);
