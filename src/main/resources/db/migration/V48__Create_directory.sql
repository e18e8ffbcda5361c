-- R__Describe_directory.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS phone_numbers (
    id           text        NOT NULL,
    number       text,
    name         text,
    users        text[]      NOT NULL DEFAULT '{}',
    ask_as       text,
    created_at   timestamptz,
    updated_at   timestamptz,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT phone_numbers_pkey PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS users (
    id           text        NOT NULL,
    email        text,
    first_name   text,
    last_name    text,
    role         text,
    created_at   timestamptz,
    updated_at   timestamptz,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS contacts (
    id           text        NOT NULL,
    external_id  text,
    source       text,
    first_name   text,
    last_name    text,
    company      text,
    role         text,
    created_at   timestamptz,
    updated_at   timestamptz,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT contacts_pkey PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS contact_phone_numbers (
    contact_id text    NOT NULL,
    position   integer NOT NULL,
    label      text,
    value      text    NOT NULL,
    number     text,
    CONSTRAINT contact_phone_numbers_pkey PRIMARY KEY (contact_id, position)
);

CREATE INDEX IF NOT EXISTS contact_phone_numbers_number_idx ON contact_phone_numbers (number);

CREATE TABLE IF NOT EXISTS contact_custom_fields (
    id           text        NOT NULL,
    name         text,
    type         text,
    payload      jsonb       NOT NULL,
    last_run_id  uuid,
    absent_since timestamptz,
    digest       bigint,
    CONSTRAINT contact_custom_fields_pkey PRIMARY KEY (id)
);
