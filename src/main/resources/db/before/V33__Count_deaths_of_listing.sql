-- A listing that kills its worker each time is given up, as a batch is.
ALTER TABLE import_runs
    -- Workers that ended without a word since the listing last got on; a retry begins at 0.
    ADD COLUMN listing_deaths integer NOT NULL DEFAULT 0;
