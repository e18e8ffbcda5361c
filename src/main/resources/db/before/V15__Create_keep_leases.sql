-- What keep-runs is doing right now: invoked twice at once, it does each thing once.
CREATE TABLE keep_leases (
    task        text        NOT NULL,
    lease_until timestamptz NOT NULL,
    CONSTRAINT keep_leases_pkey PRIMARY KEY (task)
);
