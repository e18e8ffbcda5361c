-- When the listing last got on, and why it was given back since: null as long as nothing went wrong.
ALTER TABLE import_runs
    ADD COLUMN listing_moved_at timestamptz,
    ADD COLUMN listing_waiting_for text;
