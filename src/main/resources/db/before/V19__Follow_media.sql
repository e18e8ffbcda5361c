-- What happens to a file between being found and being stored.
ALTER TABLE media
    -- When its record was put on the queue; null when none is.
    ADD COLUMN sent_at      timestamptz,
    -- The download that has it. It keeps others off until due_at, and only it may say how the download ended.
    ADD COLUMN claim        uuid,
    -- When a download last ended, well or not; null before the first did.
    ADD COLUMN tried_at     timestamptz,
    -- When OpenPhone was asked for its URL again: once.
    ADD COLUMN url_asked_at timestamptz;

CREATE INDEX media_untried_idx ON media (subject, subject_id, position) WHERE status = 'pending' AND tried_at IS NULL;
