-- Which completed runs others have been told of. A run that was repaired is completed once more.
CREATE TABLE announcements (
    run_id       uuid        NOT NULL,
    completed_at timestamptz NOT NULL,
    announced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT announcements_pkey PRIMARY KEY (run_id, completed_at),
    CONSTRAINT announcements_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);

INSERT INTO announcements (run_id, completed_at)
SELECT id, completed_at FROM import_runs WHERE status = 'completed' AND completed_at IS NOT NULL;
