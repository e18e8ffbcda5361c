-- Whether applications on this database should write: one row, always there.
CREATE TABLE system_mode (
    id        boolean     NOT NULL DEFAULT true,
    read_only boolean     NOT NULL DEFAULT false,
    run_id    uuid,
    since     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT system_mode_pkey PRIMARY KEY (id),
    CONSTRAINT system_mode_id_check CHECK (id)
);

INSERT INTO system_mode DEFAULT VALUES;
