ALTER TABLE directory_parts ADD COLUMN answered_digest bigint;
