ALTER TABLE verifications ADD COLUMN samples_all boolean NOT NULL DEFAULT false;

UPDATE verifications SET samples_all = true FROM import_runs AS run
WHERE run.id = run_id AND ends_run AND run.type = 'historical' AND NOT run.window_from_given AND run.witness = 'v1'
    AND run.witness_obstacle IS NULL;
