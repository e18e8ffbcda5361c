-- The numbers of a contact, as somebody typed them and in E.164, the form in which conversations name their parties.
CREATE TABLE contact_phone_numbers (
    contact_id text    NOT NULL,
    position   integer NOT NULL,
    label      text,
    value      text    NOT NULL,
    -- Null where the value is no number that could be dialled.
    number     text,
    CONSTRAINT contact_phone_numbers_pkey PRIMARY KEY (contact_id, position)
);

CREATE INDEX contact_phone_numbers_number_idx ON contact_phone_numbers (number);

-- Fields that the workspace added to contacts; their values stand in contacts.payload.
CREATE TABLE contact_custom_fields (
    -- Its key within contacts.
    id           text  NOT NULL,
    name         text,
    type         text,
    payload      jsonb NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    CONSTRAINT contact_custom_fields_pkey PRIMARY KEY (id)
);

-- The directory is read before the conversations.
ALTER TABLE import_runs
    DROP CONSTRAINT import_runs_listing_stage_check,
    ALTER COLUMN listing_stage SET DEFAULT 'users',
    -- How often the listing failed in a row at the place where it stands.
    ADD COLUMN listing_failures integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT import_runs_listing_stage_check
        CHECK (listing_stage IN ('users', 'contacts', 'custom_fields', 'everything', 'gap', 'cut', 'done'));
