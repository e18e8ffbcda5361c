ALTER TABLE list_records ADD COLUMN unconfirmed text;
