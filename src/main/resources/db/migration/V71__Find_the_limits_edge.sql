ALTER TABLE rate_limits
    ADD COLUMN free_at    timestamptz[] NOT NULL DEFAULT '{}',
    ADD COLUMN quota      double precision,
    ADD COLUMN refused_at timestamptz;
