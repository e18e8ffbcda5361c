ALTER TABLE conversations ADD COLUMN listed_by text[] NOT NULL DEFAULT '{}';
