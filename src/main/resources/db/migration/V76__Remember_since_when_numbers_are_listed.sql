-- Both APIs list all conversations whenever one does.
ALTER TABLE import_runs DROP COLUMN lists_both;
ALTER TABLE phone_numbers ADD COLUMN listed_since timestamptz;
ALTER TABLE list_records ADD COLUMN doubted_at timestamptz;
