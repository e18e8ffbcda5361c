-- R__Describe_limiter.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS rate_limits (
    key_hash           text        NOT NULL,
    next_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    blocked_until      timestamptz,
    granted            bigint      NOT NULL DEFAULT 0,
    refused            bigint      NOT NULL DEFAULT 0,
    refused_in_row     integer     NOT NULL DEFAULT 0,
    granted_at_refusal bigint      NOT NULL DEFAULT 0,
    waited_millis      bigint      NOT NULL DEFAULT 0,
    CONSTRAINT rate_limits_pkey PRIMARY KEY (key_hash)
);

CREATE TABLE IF NOT EXISTS workspace_keys (
    key_hash  text        NOT NULL,
    proven_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT workspace_keys_pkey PRIMARY KEY (key_hash)
);
