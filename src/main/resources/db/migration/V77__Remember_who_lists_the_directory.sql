ALTER TABLE users ADD COLUMN listed_by text[] NOT NULL DEFAULT '{}';
ALTER TABLE contacts ADD COLUMN listed_by text[] NOT NULL DEFAULT '{}';
ALTER TABLE tasks ADD COLUMN listed_by text[] NOT NULL DEFAULT '{}';

-- Where one API alone was to be asked, whatever is asked next tells what is gone.
UPDATE users SET listed_by = '{v1,2026-03-30}' FROM import_runs AS run WHERE run.id = last_run_id AND run.witness IS NULL;
UPDATE contacts SET listed_by = '{v1,2026-03-30}' FROM import_runs AS run WHERE run.id = last_run_id AND run.witness IS NULL;
UPDATE tasks SET listed_by = '{v1,2026-03-30}' FROM import_runs AS run WHERE run.id = last_run_id AND run.witness IS NULL;
