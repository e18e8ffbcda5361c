-- One line of a run's log, for the page; bounded.
CREATE TABLE import_events (
    id      bigint      GENERATED ALWAYS AS IDENTITY,
    run_id  uuid        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    level   varchar(10) NOT NULL,
    kind    varchar(20) NOT NULL,
    what    text        NOT NULL,
    -- Figures of a sample: requests granted and refused, waiting, processed so far.
    figures jsonb,
    CONSTRAINT import_events_pkey PRIMARY KEY (id),
    CONSTRAINT import_events_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_events_level_check CHECK (level IN ('info', 'warning', 'error'))
);

CREATE INDEX import_events_run_idx ON import_events (run_id, id DESC);
