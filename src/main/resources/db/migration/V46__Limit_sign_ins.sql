-- Sessions of the page that were ended by signing out. Their cookies would be good for hours, in whoever's hands they are.
CREATE TABLE ended_sessions (
    session_id text        NOT NULL,
    ended_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ended_sessions_pkey PRIMARY KEY (session_id)
);

-- How often a name was tried with a wrong password since it was last tried with the right one.
CREATE TABLE wrong_passwords (
    -- SHA-256 of the name: what is typed there may be a password.
    name_hash text        NOT NULL,
    count     integer     NOT NULL,
    last_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT wrong_passwords_pkey PRIMARY KEY (name_hash)
);
