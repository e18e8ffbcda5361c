-- A run may first find out which generation of the API it uses.
ALTER TABLE import_runs DROP CONSTRAINT import_runs_listing_stage_check;
ALTER TABLE import_runs ADD CONSTRAINT import_runs_listing_stage_check
    CHECK (listing_stage IN ('api', 'users', 'contacts', 'custom_fields', 'everything', 'gap', 'cut', 'done'));
