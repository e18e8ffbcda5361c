-- The workspace's own numbers, its users and its contacts, with the documents as received.
CREATE TABLE phone_numbers (
    id               text        NOT NULL,
    number           text,
    name             text,
    -- A user who may read this number, to ask as; null when the key's owner may.
    ask_as           text,
    -- Ids of its users.
    users            text[]      NOT NULL DEFAULT '{}',
    created_at       timestamptz,
    updated_at       timestamptz,
    payload          jsonb       NOT NULL,
    last_run_id      uuid,
    absent_since     timestamptz,
    CONSTRAINT phone_numbers_pkey PRIMARY KEY (id)
);

CREATE TABLE users (
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
    CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE TABLE contacts (
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
    CONSTRAINT contacts_pkey PRIMARY KEY (id)
);
