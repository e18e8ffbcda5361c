ALTER TABLE call_parts ADD COLUMN answered text;
