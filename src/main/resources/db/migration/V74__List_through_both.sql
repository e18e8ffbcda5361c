ALTER TABLE import_runs ADD COLUMN lists_both boolean NOT NULL DEFAULT false;
