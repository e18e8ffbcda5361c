-- R__Describe_notices.sql says what tables and columns mean.
CREATE TABLE notices (
    id       uuid        NOT NULL DEFAULT gen_random_uuid(),
    kind     varchar(40) NOT NULL,
    run_id   uuid,
    lapse    text,
    figures  jsonb       NOT NULL DEFAULT '{}',
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT notices_pkey PRIMARY KEY (id),
    CONSTRAINT notices_lapse_ukey UNIQUE (lapse),
    CONSTRAINT notices_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);

CREATE INDEX notices_noted_at_idx ON notices (noted_at);

CREATE TABLE notice_channels (
    channel  varchar(10) NOT NULL,
    target   text        NOT NULL,
    obstacle text,
    since    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT notice_channels_pkey PRIMARY KEY (channel)
);

CREATE TABLE notice_deliveries (
    notice_id    uuid        NOT NULL,
    channel      varchar(10) NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    trouble      text,
    delivered_at timestamptz,
    given_up_at  timestamptz,
    CONSTRAINT notice_deliveries_pkey PRIMARY KEY (notice_id, channel),
    CONSTRAINT notice_deliveries_notice_fkey FOREIGN KEY (notice_id) REFERENCES notices (id) ON DELETE CASCADE
);

CREATE INDEX notice_deliveries_open_idx ON notice_deliveries (channel, due_at) WHERE delivered_at IS NULL AND given_up_at IS NULL;
