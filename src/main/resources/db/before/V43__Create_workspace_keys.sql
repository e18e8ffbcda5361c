-- Keys that were shown to belong to the workspace that is stored here. With any other nothing but the workspace's numbers is asked
-- for, once: they show whose it is.
CREATE TABLE workspace_keys (
    -- SHA-256 of the API key.
    key_hash  text        NOT NULL,
    proven_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT workspace_keys_pkey PRIMARY KEY (key_hash)
);

-- That of the last run was tried when it started; what was here when older runs did may have been cleared since.
INSERT INTO workspace_keys (key_hash) SELECT key_hash FROM import_runs ORDER BY created_at DESC LIMIT 1;
