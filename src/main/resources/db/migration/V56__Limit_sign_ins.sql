-- R__Describe_sign_ins.sql says what tables and columns mean.
CREATE TABLE ended_sessions (
    session_id text        NOT NULL,
    ended_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ended_sessions_pkey PRIMARY KEY (session_id)
);

CREATE TABLE wrong_passwords (
    name_hash text        NOT NULL,
    count     integer     NOT NULL,
    last_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT wrong_passwords_pkey PRIMARY KEY (name_hash)
);
