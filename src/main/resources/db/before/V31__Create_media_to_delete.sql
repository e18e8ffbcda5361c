-- Files that nothing points to since imported data were cleared: keep-runs deletes them. Whoever downloads one of them anew
-- takes it off before.
CREATE TABLE media_to_delete (
    storage_key text NOT NULL,
    CONSTRAINT media_to_delete_pkey PRIMARY KEY (storage_key)
);
