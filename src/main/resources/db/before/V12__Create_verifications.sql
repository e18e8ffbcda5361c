CREATE TABLE verifications (
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    run_id     uuid        NOT NULL,
    status     varchar(20) NOT NULL,
    checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- [{name, checked, found}]
    checks     jsonb       NOT NULL DEFAULT '[]',
    CONSTRAINT verifications_pkey PRIMARY KEY (id),
    CONSTRAINT verifications_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT verifications_status_check CHECK (status IN ('running', 'clean', 'discrepancies'))
);

CREATE INDEX verifications_run_idx ON verifications (run_id, id DESC);

CREATE TABLE discrepancies (
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    verification_id bigint      NOT NULL,
    kind            varchar(20) NOT NULL,
    subject         varchar(20) NOT NULL,
    subject_id      text        NOT NULL,
    finding         text        NOT NULL,
    CONSTRAINT discrepancies_pkey PRIMARY KEY (id),
    CONSTRAINT discrepancies_verification_fkey
        FOREIGN KEY (verification_id) REFERENCES verifications (id) ON DELETE CASCADE,
    CONSTRAINT discrepancies_kind_check
        CHECK (kind IN ('missing', 'different', 'unavailable', 'newer', 'waiting', 'absent'))
);

CREATE INDEX discrepancies_verification_idx ON discrepancies (verification_id);
