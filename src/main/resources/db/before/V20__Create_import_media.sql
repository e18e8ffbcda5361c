-- One row a file of a run: several runs may find the same one, and it counts for each of them.
CREATE TABLE import_media (
    run_id     uuid        NOT NULL,
    subject    varchar(20) NOT NULL,
    subject_id text        NOT NULL,
    position   integer     NOT NULL,
    -- Whether the run's processed_media has it.
    counted    boolean     NOT NULL DEFAULT false,
    CONSTRAINT import_media_pkey PRIMARY KEY (run_id, subject, subject_id, position),
    CONSTRAINT import_media_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE
);

CREATE INDEX import_media_file_idx ON import_media (subject, subject_id, position);
CREATE INDEX import_media_uncounted_idx ON import_media (subject, subject_id, position) WHERE NOT counted;

INSERT INTO import_media (run_id, subject, subject_id, position)
SELECT run.id, media.subject, media.subject_id, media.position
FROM media JOIN import_runs AS run ON run.id = media.last_run_id;
