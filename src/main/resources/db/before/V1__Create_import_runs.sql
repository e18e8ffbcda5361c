-- One import from start to verdict. The columns of the specification come first, under its names.
CREATE TABLE import_runs (
    id                          uuid        NOT NULL DEFAULT gen_random_uuid(),
    type                        varchar(20) NOT NULL,
    status                      varchar(20) NOT NULL DEFAULT 'pending',

    -- A total is null until it is known: conversations when the listing ended, messages and calls when all were read.
    total_conversations         integer,
    processed_conversations     integer     NOT NULL DEFAULT 0,
    total_messages              integer,
    processed_messages          integer     NOT NULL DEFAULT 0,
    total_calls                 integer,
    processed_calls             integer     NOT NULL DEFAULT 0,
    total_media                 integer,
    processed_media             integer     NOT NULL DEFAULT 0,

    started_at                  timestamptz,
    completed_at                timestamptz,

    -- The newest 200 of each, as a view for readers of this table alone; all of them are in import_issues.
    errors                      jsonb       NOT NULL DEFAULT '[]',
    warnings                    jsonb       NOT NULL DEFAULT '[]',

    created_at                  timestamptz NOT NULL DEFAULT clock_timestamp(),

    -- The window: what was created in [window_from, window_to); an open end is null.
    window_from                 timestamptz NOT NULL,
    window_to                   timestamptz,
    -- Whether window_from was asked for. If not, nothing older is left out either.
    window_from_given           boolean     NOT NULL DEFAULT false,

    -- SHA-256 of the API key, never the key.
    key_hash                    text        NOT NULL,
    api                         varchar(20) NOT NULL DEFAULT 'v1',

    -- The listing's place: pages of everything, then the pages that close the gap, then batches are cut.
    listing_stage               varchar(20) NOT NULL DEFAULT 'everything',
    listing_token               text,
    listing_started_at          timestamptz,
    listing_lease_owner         uuid,
    listing_lease_until         timestamptz,
    listed_at                   timestamptz,

    current_conversation        text,
    last_completed_conversation text,
    -- Why the run ended or stands still, in a sentence.
    reason                      text,

    paused_at                   timestamptz,
    paused_seconds              bigint      NOT NULL DEFAULT 0,

    CONSTRAINT import_runs_pkey PRIMARY KEY (id),
    CONSTRAINT import_runs_type_check CHECK (type IN ('historical', 'reconciliation')),
    CONSTRAINT import_runs_status_check
        CHECK (status IN ('pending', 'running', 'paused', 'verifying', 'completed', 'failed', 'cancelled')),
    CONSTRAINT import_runs_listing_stage_check CHECK (listing_stage IN ('everything', 'gap', 'cut', 'done')),
    CONSTRAINT import_runs_window_check CHECK (window_to IS NULL OR window_from < window_to)
);

-- At most one run is active: the indexed expression is the same for all of them.
CREATE UNIQUE INDEX import_runs_active_ukey ON import_runs ((true))
    WHERE status IN ('pending', 'running', 'paused', 'verifying');

CREATE INDEX import_runs_created_at_idx ON import_runs (created_at DESC);
