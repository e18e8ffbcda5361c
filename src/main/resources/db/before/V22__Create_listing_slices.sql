-- Parts of a listing that are read side by side, where OpenPhone lists by the time of creation. Oldest first; the place is
-- the time up to which everything is stored.
CREATE TABLE listing_slices (
    run_id     uuid        NOT NULL,
    number     integer     NOT NULL,
    place      timestamptz NOT NULL,
    slice_to   timestamptz NOT NULL,
    status     varchar(20) NOT NULL DEFAULT 'pending',
    CONSTRAINT listing_slices_pkey PRIMARY KEY (run_id, number),
    CONSTRAINT listing_slices_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT listing_slices_status_check CHECK (status IN ('pending', 'done'))
);
