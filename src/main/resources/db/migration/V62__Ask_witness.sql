-- R__Describe_runs.sql and R__Describe_verifications.sql say what the columns mean.
ALTER TABLE import_runs
    ADD COLUMN witness          varchar(20),
    ADD COLUMN witness_obstacle text,
    ADD COLUMN disagreed_at     timestamptz,
    ADD COLUMN listed_whole     boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT import_runs_witness_check CHECK (witness IN ('v1', '2026-03-30') AND witness <> api OR witness IS NULL),
    DROP CONSTRAINT import_runs_listing_stage_check,
    ADD CONSTRAINT import_runs_listing_stage_check CHECK (listing_stage
        IN ('api', 'users', 'contacts', 'custom_fields', 'tasks', 'organization', 'numbers', 'everything', 'gap',
            'witness', 'cut', 'done'));

ALTER TABLE listed_conversations
    ADD COLUMN by_v1    boolean NOT NULL DEFAULT false,
    ADD COLUMN by_dated boolean NOT NULL DEFAULT false;

ALTER TABLE verification_questions ADD COLUMN sampled boolean NOT NULL DEFAULT false;

ALTER TABLE verifications
    DROP CONSTRAINT verifications_stage_check,
    ADD CONSTRAINT verifications_stage_check CHECK (stage
        IN ('numbers', 'listing', 'gap', 'witness', 'doubts', 'questions', 'conclusion', 'done'));
