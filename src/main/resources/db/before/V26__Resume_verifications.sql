-- A verification asks OpenPhone for minutes: it has a place and a lease as a listing has, and goes on after a kill.
ALTER TABLE verifications
    -- Whether everything is read again, or only what is in doubt.
    ADD COLUMN complete    boolean     NOT NULL DEFAULT false,
    -- Whether its result ends the run; one that was asked for by hand changes no run.
    ADD COLUMN ends_run    boolean     NOT NULL DEFAULT false,
    ADD COLUMN stage       varchar(20) NOT NULL DEFAULT 'done',
    ADD COLUMN token       text,
    -- Claims since it last came forward: workers that died on it.
    ADD COLUMN attempts    integer     NOT NULL DEFAULT 0,
    ADD COLUMN lease_owner uuid,
    ADD COLUMN lease_until timestamptz,
    ADD COLUMN started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When it asked for its first page of conversations.
    ADD COLUMN listed_from timestamptz,
    -- OpenPhone's own numbers as they were listed.
    ADD COLUMN numbers     jsonb       NOT NULL DEFAULT '[]',
    -- The result in a sentence; null while it is not known.
    ADD COLUMN finding     text,
    ADD CONSTRAINT verifications_stage_check
        CHECK (stage IN ('numbers', 'listing', 'gap', 'doubts', 'questions', 'conclusion', 'done'));

CREATE UNIQUE INDEX verifications_running_ukey ON verifications (run_id) WHERE status = 'running';

DELETE FROM discrepancies AS twin USING discrepancies AS first
WHERE first.verification_id = twin.verification_id AND first.subject = twin.subject
    AND first.subject_id = twin.subject_id AND first.id < twin.id;
ALTER TABLE discrepancies
    -- Where it belongs to; null when it belongs to none. Repair reads these conversations again.
    ADD COLUMN conversation_id text,
    -- The check that found it.
    ADD COLUMN check_name      varchar(20) NOT NULL DEFAULT '',
    ADD CONSTRAINT discrepancies_subject_ukey UNIQUE (verification_id, subject, subject_id);

-- Conversations as a run or its verification has listed them. Kept until the run is verified again or repaired.
CREATE TABLE listed_conversations (
    run_id           uuid        NOT NULL,
    conversation_id  text        NOT NULL,
    position         bigint      GENERATED ALWAYS AS IDENTITY,
    last_activity_id text,
    last_activity_at timestamptz,
    created_at       timestamptz,
    updated_at       timestamptz,
    payload          jsonb       NOT NULL,
    CONSTRAINT listed_conversations_pkey PRIMARY KEY (run_id, conversation_id),
    CONSTRAINT listed_conversations_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);

-- What a verification asks OpenPhone for, beyond lists: a last activity that is not stored, or all of a conversation.
CREATE TABLE verification_questions (
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

-- Activities that OpenPhone names but does not give: calls of groups, things that were deleted. Not asked for every day.
CREATE TABLE unavailable_activities (
    id       text        NOT NULL,
    finding  text        NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT unavailable_activities_pkey PRIMARY KEY (id)
);

-- Whether the run has repaired by itself what its verification found.
ALTER TABLE import_runs ADD COLUMN repaired_at timestamptz;

-- Whether conversations that have never been read to their end are read from their beginning, whatever the window says:
-- so in a reconciliation after a complete import, but not in one that is all there is.
ALTER TABLE import_runs ADD COLUMN fills_gaps boolean NOT NULL DEFAULT false;
