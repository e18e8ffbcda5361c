-- unavailable: OpenPhone answered, and refuses to give something of it. failed: it was not read, whatever the reason.
ALTER TABLE import_conversations
    DROP CONSTRAINT import_conversations_status_check,
    ADD CONSTRAINT import_conversations_status_check CHECK (status IN ('pending', 'done', 'failed', 'unavailable')),
    -- Whether OpenPhone has refused a part of it in this run, as its messages.
    ADD COLUMN refused boolean NOT NULL DEFAULT false;

-- When what a run had imported was cleared: nothing of it can be tried again, and no verdict about it counts any more.
ALTER TABLE import_runs ADD COLUMN cleared_at timestamptz;

-- accepted: unavailable, and an operator has said that it may stay so.
ALTER TABLE discrepancies
    DROP CONSTRAINT discrepancies_kind_check,
    ADD CONSTRAINT discrepancies_kind_check
        CHECK (kind IN ('missing', 'different', 'unavailable', 'accepted', 'newer', 'waiting', 'absent'));

-- What OpenPhone does not give, and an operator has accepted not to have.
CREATE TABLE accepted_gaps (
    subject     varchar(20) NOT NULL,
    subject_id  text        NOT NULL,
    -- What OpenPhone said.
    finding     text        NOT NULL,
    accepted_by text        NOT NULL,
    -- The operator's word why.
    reason      text        NOT NULL,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT accepted_gaps_pkey PRIMARY KEY (subject, subject_id)
);

-- Of two findings about one thing the graver one counts.
CREATE FUNCTION gravity(p_kind text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(CAST('{missing,different,unavailable,accepted,waiting,newer,absent}' AS text[]), p_kind)
$$;
