-- R__Describe_ledger.sql says what table and columns mean.
CREATE TABLE found_by_id (
    id              text        NOT NULL,
    conversation_id text        NOT NULL,
    subject         varchar(20) NOT NULL,
    found_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT found_by_id_pkey PRIMARY KEY (id),
    CONSTRAINT found_by_id_subject_check CHECK (subject IN ('message', 'call'))
);
CREATE INDEX found_by_id_conversation_idx ON found_by_id (conversation_id);
