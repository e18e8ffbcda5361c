CREATE TABLE contact_notes (
    id           text        NOT NULL,
    contact_id   text        NOT NULL,
    text         text,
    created_by   text,
    created_at   timestamptz,
    updated_at   timestamptz,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT contact_notes_pkey PRIMARY KEY (id)
);

CREATE INDEX contact_notes_contact_idx ON contact_notes (contact_id);

CREATE TABLE contact_properties (
    contact_id   text        NOT NULL,
    id           text        NOT NULL,
    type         text,
    name         text,
    value        jsonb,
    created_at   timestamptz,
    updated_at   timestamptz,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT contact_properties_pkey PRIMARY KEY (contact_id, id)
);

CREATE TABLE contact_shares (
    contact_id   text        NOT NULL,
    shared_with  text        NOT NULL,
    created_at   timestamptz,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT contact_shares_pkey PRIMARY KEY (contact_id, shared_with)
);

ALTER TABLE import_batches DROP CONSTRAINT import_batches_kind_check;
ALTER TABLE import_batches ADD CONSTRAINT import_batches_kind_check
    CHECK (kind IN ('conversations', 'slice', 'calls', 'contacts'));

ALTER TABLE media DROP CONSTRAINT media_subject_check;
ALTER TABLE media ADD CONSTRAINT media_subject_check CHECK (subject IN ('message', 'recording', 'voicemail', 'note'));
