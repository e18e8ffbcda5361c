ALTER TABLE call_parts ADD COLUMN call_updated_at timestamptz;
