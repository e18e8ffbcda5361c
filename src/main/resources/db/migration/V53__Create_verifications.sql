-- R__Describe_verifications.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS verifications (
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    run_id        uuid        NOT NULL,
    status        varchar(20) NOT NULL,
    finding       text,
    checks        jsonb       NOT NULL DEFAULT '[]',
    checked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    complete      boolean     NOT NULL DEFAULT false,
    ends_run      boolean     NOT NULL DEFAULT false,
    stage         varchar(20) NOT NULL DEFAULT 'done',
    token         text,
    listing_id    uuid        NOT NULL DEFAULT gen_random_uuid(),
    listed_from   timestamptz,
    numbers       jsonb       NOT NULL DEFAULT '[]',
    checked_media bigint      NOT NULL DEFAULT 0,
    attempts      integer     NOT NULL DEFAULT 0,
    lease_owner   uuid,
    lease_until   timestamptz,
    CONSTRAINT verifications_pkey PRIMARY KEY (id),
    CONSTRAINT verifications_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT verifications_status_check CHECK (status IN ('running', 'clean', 'discrepancies')),
    CONSTRAINT verifications_stage_check
        CHECK (stage IN ('numbers', 'listing', 'gap', 'doubts', 'questions', 'conclusion', 'done'))
);

CREATE INDEX IF NOT EXISTS verifications_run_idx ON verifications (run_id, id DESC);
CREATE UNIQUE INDEX IF NOT EXISTS verifications_running_ukey ON verifications (run_id) WHERE status = 'running';

CREATE TABLE IF NOT EXISTS discrepancies (
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    verification_id bigint      NOT NULL,
    kind            varchar(20) NOT NULL,
    subject         varchar(20) NOT NULL,
    subject_id      text        NOT NULL,
    finding         text        NOT NULL,
    conversation_id text,
    check_name      varchar(20) NOT NULL DEFAULT '',
    CONSTRAINT discrepancies_pkey PRIMARY KEY (id),
    CONSTRAINT discrepancies_subject_ukey UNIQUE (verification_id, subject, subject_id),
    CONSTRAINT discrepancies_verification_fkey
        FOREIGN KEY (verification_id) REFERENCES verifications (id) ON DELETE CASCADE,
    CONSTRAINT discrepancies_kind_check
        CHECK (kind IN ('missing', 'different', 'unavailable', 'accepted', 'newer', 'waiting', 'absent'))
);

CREATE INDEX IF NOT EXISTS discrepancies_verification_idx ON discrepancies (verification_id);

CREATE TABLE IF NOT EXISTS listed_conversations (
    listing_id       uuid        NOT NULL,
    conversation_id  text        NOT NULL,
    position         bigint      GENERATED ALWAYS AS IDENTITY,
    last_activity_id text,
    last_activity_at timestamptz,
    created_at       timestamptz,
    updated_at       timestamptz,
    payload          jsonb       NOT NULL,
    CONSTRAINT listed_conversations_pkey PRIMARY KEY (listing_id, conversation_id)
);

CREATE TABLE IF NOT EXISTS verification_questions (
    verification_id bigint      NOT NULL,
    kind            varchar(20) NOT NULL,
    subject_id      text        NOT NULL,
    conversation_id text        NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    answered_at     timestamptz,
    CONSTRAINT verification_questions_pkey PRIMARY KEY (verification_id, kind, subject_id),
    CONSTRAINT verification_questions_verification_fkey
        FOREIGN KEY (verification_id) REFERENCES verifications (id) ON DELETE CASCADE,
    CONSTRAINT verification_questions_kind_check CHECK (kind IN ('activity', 'conversation'))
);
