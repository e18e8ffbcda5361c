-- A verification looks for thousands of files in the store, and goes on after a kill where it stood.
ALTER TABLE verifications
    -- The last of media that it has looked for; those come by their id.
    ADD COLUMN checked_media bigint NOT NULL DEFAULT 0;
